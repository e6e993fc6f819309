using EtlWarehouse.Parsing.Documents.Pdf;

namespace EtlWarehouse.Parsing.Documents.Scans;

/// <summary>Finds the rulings of a level page: long, thin, straight ink.</summary>
internal static class BitmapRulings
{
    /// <summary>Points. A stroke of a character is shorter; the lowest row is higher than the vertical one.</summary>
    private const float ShortestHorizontal = 24f;

    private const float ShortestVertical = 13f;

    /// <summary>Points. What is thicker is a filled area or a picture.</summary>
    private const float Thickest = 4f;

    /// <summary>Pixels without ink that a worn line may have.</summary>
    private const int Worn = 2;

    private const int MostRulings = 4_000;

    /// <param name="scale">Pixels a point.</param>
    /// <returns>In pixels, each with its thickness. None for a page that is full of lines: a drawing.</returns>
    public static IReadOnlyList<PixelBox> Find(InkBitmap page, float scale)
    {
        var horizontal = Lines(page.Width, page.Height, (along, across) => page[along, across], ShortestHorizontal * scale, Thickest * scale);
        var vertical = Lines(page.Height, page.Width, (along, across) => page[across, along], ShortestVertical * scale, Thickest * scale);
        if (horizontal.Count + vertical.Count > MostRulings)
            return [];
        return [.. horizontal, .. vertical.Select(line => new PixelBox(line.Y0, line.X0, line.Y1, line.X1))];
    }

    /// <summary>The rulings as the grid takes them, in points.</summary>
    public static PdfRuling ToRuling(PixelBox line, float scale) => line.Width > line.Height
        ? new PdfRuling(line.X0 / scale, (line.Y0 + line.Y1) / 2f / scale, line.X1 / scale, (line.Y0 + line.Y1) / 2f / scale)
        : new PdfRuling((line.X0 + line.X1) / 2f / scale, line.Y0 / scale, (line.X0 + line.X1) / 2f / scale, line.Y1 / scale);

    private static List<PixelBox> Lines(int length, int breadth, Func<int, int, bool> isInk, float shortest, float thickest)
    {
        var (open, done) = (new List<PixelBox>(), new List<PixelBox>());
        for (var across = 0; across < breadth; across++)
        {
            foreach (var (start, end) in Runs(length, breadth, across, isInk, shortest))
            {
                // The run goes on a line of the rows above, if they lie side by side for most of their length.
                var above = open.FindIndex(line => Math.Min(line.X1, end) - Math.Max(line.X0, start) > 0.5f * Math.Min(line.Width, end - start));
                if (above < 0)
                    open.Add(new PixelBox(start, across, end, across + 1));
                else
                    open[above] = new PixelBox(Math.Min(open[above].X0, start), open[above].Y0, Math.Max(open[above].X1, end), across + 1);
            }

            for (var index = open.Count - 1; index >= 0; index--)
            {
                if (open[index].Y1 >= across - 1)
                    continue;
                done.Add(open[index]);
                open.RemoveAt(index);
            }
        }

        return [.. done.Concat(open).Where(line => line.Height <= thickest)];
    }

    /// <summary>Runs of ink in one row; a line that is not quite level goes on in the row beside.</summary>
    private static IEnumerable<(int Start, int End)> Runs(int length, int breadth, int across, Func<int, int, bool> isInk, float shortest)
    {
        var (start, last) = (-1, -1);
        for (var along = 0; along < length; along++)
        {
            if (!isInk(along, across) && !(across + 1 < breadth && isInk(along, across + 1)))
                continue;
            if (start >= 0 && along - last > Worn + 1)
            {
                if (last - start >= shortest)
                    yield return (start, last + 1);
                start = -1;
            }

            if (start < 0)
                start = along;
            last = along;
        }

        if (start >= 0 && last - start >= shortest)
            yield return (start, last + 1);
    }
}
