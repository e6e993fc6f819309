using EtlWarehouse.Parsing.Documents.Pdf;

namespace EtlWarehouse.Parsing.Documents.Scans;

/// <summary>Reads one page that is a picture: levels it, finds its rulings and cells, has each cell recognised, numbers twice.</summary>
internal sealed class ScannedPage
{
    /// <summary>Characters of the largest number with separators.</summary>
    private const int LongestNumber = 16;

    /// <summary>Times a usual character; a line that is higher is set in a larger size.</summary>
    private const float Title = 1.2f;

    /// <summary>The same; what is higher are several lines.</summary>
    private const float LargestTitle = 3.2f;

    /// <summary>Points; the largest characters of titles are 36.</summary>
    private const float LongestStroke = 40;

    /// <summary>The digits are read a second time at another size, by another model.</summary>
    private const float Enlarged = 1.4f;

    private readonly GrayBitmap page;
    private readonly InkBitmap ink;
    private readonly float slope;
    private readonly float scale;
    private readonly PdfPage paper;
    private readonly int letter;

    /// <param name="bitmap">As the program draws it.</param>
    /// <param name="paper">The page that it shows; its size says how large a pixel is.</param>
    private ScannedPage(GrayBitmap bitmap, PdfPage paper)
    {
        this.paper = paper;
        // Pictures state their size as they please: a page is taken for one of A4, upright or lying.
        scale = Math.Max(bitmap.Width, Math.Min(bitmap.Height, bitmap.Width * 1.4142f)) / 842f;
        var reach = (int)(6 * scale);
        ink = InkBitmap.Of(bitmap, reach, InkBitmap.Letters);
        slope = Skew.Of(ink);
        page = slope == 0 ? bitmap : bitmap.Levelled(slope);
        if (slope != 0)
            ink = InkBitmap.Of(page, reach, InkBitmap.Letters);
        Lines = BitmapRulings.Find(InkBitmap.Of(page, reach, InkBitmap.Rulings), scale);
        Grids = RulingGrid.FindAll([.. Lines.Select(line => BitmapRulings.ToRuling(line, scale))]);
        foreach (var line in Lines.Where(IsRuling))
        {
            var wide = new PixelBox(line.X0 - 2, line.Y0 - 2, line.X1 + 2, line.Y1 + 2);
            ink.Clear(wide);
            page.Clear(wide);
        }

        ink.RemoveSpecks((int)MathF.Max(2, 0.7f * scale));
        letter = Letter();
    }

    private IReadOnlyList<PixelBox> Lines { get; }

    private IReadOnlyList<RulingGrid> Grids { get; }

    /// <summary>What the page prints; null where it has no table and <paramref name="needsTable"/>.</summary>
    /// <param name="read">Picture and model in, words out.</param>
    public static PdfPageText? Read(GrayBitmap bitmap, PdfPage paper, bool needsTable, Func<GrayBitmap, string, IReadOnlyList<RecognisedWord>> read)
    {
        var page = new ScannedPage(bitmap, paper);
        return page.Grids.Count == 0 && needsTable ? null : page.Read(read);
    }

    private PdfPageText Read(Func<GrayBitmap, string, IReadOnlyList<RecognisedWord>> read)
    {
        var cells = Grids.SelectMany(grid => grid.Cells.Select(cell => (Grid: grid, Cell: cell, Ink: InkIn(Pixels(cell.Box))))).ToList();
        var free = FreeParts().SelectMany(FreeLines).ToList();
        var strips = new TextStrips(page, letter, 1);
        for (var key = 0; key < cells.Count; key++)
        {
            if (cells[key].Ink is { } part)
                strips.Add(key, part);
        }

        for (var key = 0; key < free.Count; key++)
            strips.Add(cells.Count + key, free[key], free[key].Height < Title * letter || free[key].Height > LargestTitle * letter ? 1 : letter / (float)free[key].Height);
        var words = strips.Read(picture => read(picture, Tesseract.Chinese));

        var digits = new TextStrips(page, letter, Enlarged);
        var numbers = new Dictionary<int, DigitInk>();
        for (var key = 0; key < cells.Count; key++)
        {
            if (cells[key].Ink is not { } part || !IsOneLine(part))
                continue;
            var shapes = DigitInk.Of(ink, part);
            // The model for Chinese finds characters in some numbers.
            if (!MayBeNumber(Join(words[key])) && !(shapes.MayBeNumber && shapes.Digits.Count <= LongestNumber))
                continue;
            numbers.Add(key, shapes);
            digits.Add(key, part);
        }

        var again = digits.Read(picture => read(picture, Tesseract.Digits));

        var texts = Enumerable.Range(0, cells.Count).Select(key => new PdfCell(
            cells[key].Cell with { Box = OnPaper(Pixels(cells[key].Cell.Box)) },
            Text(key))
        {
            Recognition = numbers.TryGetValue(key, out var shapes)
                ? new CellRecognition(Text(key), Join(again[key]), shapes)
                : new CellRecognition(Text(key), null, null),
        }).ToList();
        string Text(int key) => Join(words[key]) is { Length: > 0 } text ? text : cells[key].Ink is null ? "" : CellRecognition.Unrecognised;

        var first = 0;
        var tables = new List<PdfTable>();
        foreach (var grid in Grids)
        {
            tables.Add(new PdfTable(OnPaper(Pixels(grid.Box)), texts.GetRange(first, grid.Cells.Count)));
            first += grid.Cells.Count;
        }

        return new PdfPageText(paper, [.. Enumerable.Range(0, free.Count).SelectMany(key => FreeLines(words[cells.Count + key]))], tables);
    }

    private IEnumerable<PdfLine> FreeLines(IEnumerable<RecognisedWord> words) => words
        .GroupBy(word => word.Line)
        .Select(line => new PdfLine(
            Join(line),
            OnPaper(new PixelBox(line.Min(word => word.Box.X0), line.Min(word => word.Box.Y0), line.Max(word => word.Box.X1), line.Max(word => word.Box.Y1))),
            // A line of text is a little higher than its characters.
            line.Max(word => word.Box.Height) / scale));

    /// <summary>What stands above, between and below the tables.</summary>
    private IEnumerable<PixelBox> FreeParts()
    {
        var top = 0;
        foreach (var table in Grids.Select(grid => Pixels(grid.Box)).OrderBy(box => box.Y0))
        {
            if (table.Y0 > top)
                yield return new PixelBox(0, top, page.Width, table.Y0);
            top = Math.Max(top, table.Y1);
        }

        if (top < page.Height)
            yield return new PixelBox(0, top, page.Width, page.Height);
    }

    /// <summary>The lines of a part without table: ink between rows of paper. A stroke above others is no line of its own.</summary>
    private IEnumerable<PixelBox> FreeLines(PixelBox part)
    {
        var start = part.Y0;
        var bottom = -1;
        for (var y = part.Y0; y <= part.Y1; y++)
        {
            var hasInk = y < part.Y1 && InkIn(part with { Y0 = y, Y1 = y + 1 }) is not null;
            if (hasInk)
            {
                start = bottom < 0 ? y : start;
                bottom = y + 1;
            }
            else if (bottom >= 0 && (y == part.Y1 || y - bottom >= letter / 5))
            {
                if (y == part.Y1 || bottom - start > letter / 3)
                {
                    if (InkIn(part with { Y0 = start, Y1 = bottom }) is { } line)
                        yield return line;
                    bottom = -1;
                }
            }
        }
    }

    private string Join(IEnumerable<RecognisedWord> words)
    {
        var text = new System.Text.StringBuilder();
        RecognisedWord? last = null;
        foreach (var word in words.OrderBy(word => word.Line).ThenBy(word => word.Box.X0))
        {
            if (last is { } before && before.Line != word.Line)
                text.Append('\n');
            else if (last is { } beside && word.Box.X0 - beside.Box.X1 > letter / 2)
                text.Append(' ');
            text.Append(word.Text);
            last = word;
        }

        return text.ToString();
    }

    private static bool MayBeNumber(string text) =>
        text.Length <= LongestNumber && text.Count(character => character >= 0x2E80) <= 2;

    /// <summary>Outside of tables, a short upright line is a stroke of a title's character.</summary>
    private bool IsRuling(PixelBox line) => line.Width > line.Height || line.Height > LongestStroke * scale
        || Grids.Select(grid => Pixels(grid.Box)).Any(box => line.Y0 < box.Y1 && line.Y1 > box.Y0 && line.X0 <= box.X1 + (2 * scale) && line.X1 >= box.X0 - (2 * scale));

    private bool IsOneLine(PixelBox part) => part.Height < 1.6f * letter;

    private PixelBox? InkIn(PixelBox part)
    {
        part = new PixelBox(Math.Max(0, part.X0), Math.Max(0, part.Y0), Math.Min(page.Width, part.X1), Math.Min(page.Height, part.Y1));
        var (x0, y0, x1, y1) = (int.MaxValue, int.MaxValue, -1, -1);
        for (var y = part.Y0; y < part.Y1; y++)
        {
            for (var x = part.X0; x < part.X1; x++)
            {
                if (ink[x, y])
                    (x0, y0, x1, y1) = (Math.Min(x0, x), Math.Min(y0, y), Math.Max(x1, x), Math.Max(y1, y));
            }
        }

        return x1 < 0 ? null : new PixelBox(x0, y0, x1 + 1, y1 + 1);
    }

    /// <summary>The height of a usual character: Chinese characters are the commonest large blots of a report.</summary>
    private int Letter()
    {
        var heights = ink.Blots(new PixelBox(0, 0, page.Width, page.Height))
            .Select(blot => blot.Box.Height)
            .Where(height => height > 4 * scale && height < 24 * scale)
            .Order()
            .ToList();
        return heights.Count == 0 ? (int)(10 * scale) : heights[heights.Count * 3 / 4];
    }

    private PixelBox Pixels(PdfBox box) => new((int)(box.X0 * scale), (int)(box.Y0 * scale), (int)(box.X1 * scale), (int)(box.Y1 * scale));

    /// <summary>In points of the page as it was before it was levelled.</summary>
    private PdfBox OnPaper(PixelBox box)
    {
        var cosine = 1 / MathF.Sqrt(1 + (slope * slope));
        var sine = slope * cosine;
        var (x, y) = (((box.X0 + box.X1) / 2f) - (page.Width / 2f), ((box.Y0 + box.Y1) / 2f) - (page.Height / 2f));
        var (middleX, middleY) = ((page.Width / 2f) + (cosine * x) - (sine * y), (page.Height / 2f) + (sine * x) + (cosine * y));
        var points = paper.Width / page.Width;
        return new PdfBox(
            (middleX - (box.Width / 2f)) * points, (middleY - (box.Height / 2f)) * points,
            (middleX + (box.Width / 2f)) * points, (middleY + (box.Height / 2f)) * points);
    }
}
