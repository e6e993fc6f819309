using System.Globalization;
using System.Text.RegularExpressions;
using EtlWarehouse.Parsing.Tables;
using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Documents.Pdf;

/// <summary>Puts the pages together: lines and tables in reading order, page numbers left out, tables over several pages as one.</summary>
internal sealed partial class PdfAssembly
{
    /// <summary>Points that the borders of one table may differ in from page to page.</summary>
    private const float SameBorder = 3f;

    /// <summary>Lines are set apart that stand so much further from the line above than lines of one cell do.</summary>
    private const float PitchFactor = 1.5f;

    /// <summary>Points by which distances differ that are meant to be the same.</summary>
    private const float PitchSlack = 1.5f;

    /// <summary>Share of rows with a border at their end from which one without it is a shorter row.</summary>
    private const float ClosedRows = 0.8f;

    /// <summary>Characters this much larger than most are a heading's.</summary>
    private const float HeadingSize = 1.25f;

    private readonly List<Block> blocks = [];
    private readonly List<(int Page, PdfTable Table)> open = [];
    private readonly float usualSize;
    private readonly float widestPitch;
    private int tables;

    public PdfAssembly(IReadOnlyList<PdfPageText> pages)
    {
        var sizes = pages.SelectMany(page => page.Lines).Select(line => line.Size).Order().ToList();
        usualSize = sizes.Count == 0 ? 12 : sizes[sizes.Count / 2];
        widestPitch = WidestPitch(pages);
        var numbers = new PageNumbers(pages);
        for (var page = 0; page < pages.Count; page++)
            Add(page, pages[page], [.. pages[page].Lines.Where(line => !numbers.Contains(page, line))]);
        EndTable();
    }

    public IReadOnlyList<Block> Blocks => blocks;

    private void Add(int page, PdfPageText text, IReadOnlyList<PdfLine> lines)
    {
        var pieces = lines.Select((line, index) => (Top: line.Box.Y0, Line: (PdfLine?)line, Table: (PdfTable?)null, Index: index))
            .Concat(text.Tables.Select(table => (Top: table.Box.Y0, Line: (PdfLine?)null, Table: (PdfTable?)table, Index: -1)))
            .OrderBy(piece => piece.Top);
        var isFirst = true;
        var bottom = float.MaxValue;
        foreach (var piece in pieces)
        {
            if (piece.Table is { } table)
            {
                if (!(isFirst && open.Count > 0 && GoesOn(open[^1].Table, table)))
                    EndTable();
                open.Add((page, table));
            }
            else if (piece.Line is { } line)
            {
                EndTable();
                blocks.Add(new LineBlock(line.Text, string.Create(CultureInfo.InvariantCulture, $"page[{page + 1}]/line[{piece.Index + 1}]{line.Box}"), line.Size > HeadingSize * usualSize) { IsSetApart = widestPitch < float.MaxValue && (bottom is float.MaxValue || line.Box.Y0 - bottom > widestPitch) });
                bottom = MathF.Max(bottom is float.MaxValue ? 0 : bottom, line.Box.Y1);
            }

            isFirst = false;
        }
    }

    /// <summary>What at most stands between two lines that belong together, in points: the narrower ones of all distances tell.</summary>
    private static float WidestPitch(IReadOnlyList<PdfPageText> pages)
    {
        var gaps = new List<float>();
        foreach (var page in pages)
        {
            var bottom = float.MaxValue;
            foreach (var line in page.Lines.OrderBy(line => line.Box.Y0))
            {
                if (line.Box.Y0 > bottom)
                    gaps.Add(line.Box.Y0 - bottom);
                bottom = MathF.Max(bottom is float.MaxValue ? 0 : bottom, line.Box.Y1);
            }
        }

        gaps.Sort();
        return gaps.Count == 0 ? float.MaxValue : (PitchFactor * gaps[gaps.Count / 4]) + PitchSlack;
    }

    private static bool GoesOn(PdfTable above, PdfTable table) =>
        MathF.Abs((above.Box.X1 - above.Box.X0) - (table.Box.X1 - table.Box.X0)) <= SameBorder;

    private void EndTable()
    {
        if (open.Count == 0)
            return;
        // Left and right pages may have other margins: all borders count from the table's own left side.
        var borders = new List<float>();
        foreach (var place in open.SelectMany(part => part.Table.Cells.SelectMany(cell => new[]
            { cell.Ruled.Box.X0 - part.Table.Box.X0, cell.Ruled.Box.X1 - part.Table.Box.X0 })).Order())
        {
            if (borders.Count == 0 || place - borders[^1] > SameBorder)
                borders.Add(place);
        }

        var rows = new List<IReadOnlyList<GridCell>>();
        var isClosed = open.TrueForAll(part => IsClosed(part.Table));
        foreach (var (page, table) in open)
        {
            var above = rows.Count;
            var height = table.Cells.Max(cell => cell.Ruled.Row + cell.Ruled.RowSpan);
            // Between closed rows a place without a border on its right side is no cell: its row has fewer.
            var starting = table.Cells.Where(cell => !isClosed || cell.Ruled.IsClosed || cell.Text.Length > 0).ToLookup(cell => cell.Ruled.Row);
            for (var row = 0; row < height; row++)
            {
                rows.Add([.. starting[row].OrderBy(cell => cell.Ruled.Column).Select(cell =>
                {
                    var from = Border(borders, cell.Ruled.Box.X0 - table.Box.X0);
                    var to = Border(borders, cell.Ruled.Box.X1 - table.Box.X0);
                    return new GridCell(above + row, from, cell.Ruled.RowSpan, Math.Max(1, to - from), cell.Text)
                    {
                        Page = string.Create(CultureInfo.InvariantCulture, $"page[{page + 1}]/"),
                        Box = cell.Ruled.Box.ToString(),
                        Recognition = cell.Recognition,
                    };
                })]);
            }
        }

        blocks.Add(new TableBlock(new TableGrid(++tables, rows) { HasSlotsOnly = !isClosed }));
        open.Clear();
    }

    /// <summary>Whether the table's right side is drawn, but for a row here and there.</summary>
    private static bool IsClosed(PdfTable table)
    {
        var columns = table.Cells.Max(cell => cell.Ruled.Column + cell.Ruled.ColumnSpan);
        var last = table.Cells.Where(cell => cell.Ruled.Column + cell.Ruled.ColumnSpan == columns).ToList();
        return last.Count(cell => cell.Ruled.IsClosed) >= ClosedRows * last.Count;
    }

    private static int Border(List<float> borders, float place)
    {
        var index = borders.BinarySearch(place);
        return index >= 0 ? index : ~index - 1;
    }

    /// <summary>Lines that number the pages.</summary>
    /// <remarks>A bare number counts only where it is the page's, by the same offset as on another page: it could be a value.</remarks>
    private sealed partial class PageNumbers
    {
        private readonly HashSet<(int Page, PdfLine Line)> numbers = [];

        public PageNumbers(IReadOnlyList<PdfPageText> pages)
        {
            var bare = new List<(int Page, PdfLine Line, int Offset)>();
            for (var page = 0; page < pages.Count; page++)
            {
                var lines = pages[page].Lines;
                foreach (var line in lines.Count == 0 ? [] : new[] { lines[0], lines[^1] }.Distinct())
                {
                    if (!IsAtTheEdge(pages[page], line))
                        continue;
                    var text = CharacterFolding.FoldWithoutBlanks(line.Text);
                    if (Marked().IsMatch(text))
                        numbers.Add((page, line));
                    else if (text.Length <= 3 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                        bare.Add((page, line, number - page));
                }
            }

            foreach (var same in bare.GroupBy(candidate => candidate.Offset).Where(same => same.Key == 1 || same.Select(candidate => candidate.Page).Distinct().Count() > 1))
                numbers.UnionWith(same.Select(candidate => (candidate.Page, candidate.Line)));
        }

        public bool Contains(int page, PdfLine line) => numbers.Contains((page, line));

        private static bool IsAtTheEdge(PdfPageText page, PdfLine line) =>
            (line.Box.Y1 < page.Page.Height * 0.1f || line.Box.Y0 > page.Page.Height * 0.88f)
            && page.Tables.All(table => line.Box.Y1 < table.Box.Y0 || line.Box.Y0 > table.Box.Y1);

        [GeneratedRegex(@"^(?:[-—–―·]+[0-9]{1,3}[-—–―·]+|第[0-9]{1,3}页(?:[,/]?共[0-9]{1,3}页)?|[0-9]{1,3}/[0-9]{1,3})$")]
        private static partial Regex Marked();
    }
}
