using EtlWarehouse.Parsing.Documents.Scans;

namespace EtlWarehouse.Parsing.Documents.Pdf;

/// <summary>A line of words that stand in no table.</summary>
internal sealed record PdfLine(string Text, PdfBox Box, float Size);

/// <summary>A cell with its text.</summary>
internal sealed record PdfCell(RuledCell Ruled, string Text)
{
    /// <summary>Null where the document itself states the text.</summary>
    public CellRecognition? Recognition { get; init; }
}

internal sealed record PdfTable(PdfBox Box, IReadOnlyList<PdfCell> Cells);

/// <summary>What a page prints: tables between rulings, and the lines around them.</summary>
internal sealed record PdfPageText(PdfPage Page, IReadOnlyList<PdfLine> Lines, IReadOnlyList<PdfTable> Tables)
{
    /// <summary>Points that a number may reach over its border: the blank sides of its digits.</summary>
    private const float Overhang = 1.5f;

    public static PdfPageText Of(PdfPage page)
    {
        var grids = RulingGrid.FindAll(page.Rulings);
        var cells = new Dictionary<(RulingGrid, RuledCell), List<PdfWord>>();
        var spilled = new HashSet<(RulingGrid, RuledCell)>();
        var free = new List<PdfWord>();
        bool IsBorder(float left, float right, float height) => grids.Any(grid =>
            grid.At(left, height) is { } cell && cell != grid.At(right + Overhang, height) && cell.Box.X1 > left - Overhang && cell.Box.X1 < right + Overhang);

        foreach (var word in PdfWord.FindAll(page.Glyphs, IsBorder))
        {
            // The smallest table that holds the word: a table may stand in a frame that is one.
            var grid = grids
                .Where(candidate => candidate.At(word.CentreX, word.CentreY) is not null)
                .MinBy(candidate => (candidate.Box.X1 - candidate.Box.X0) * (candidate.Box.Y1 - candidate.Box.Y0));
            if (grid?.At(word.CentreX, word.CentreY) is not { } cell)
            {
                free.Add(word);
                continue;
            }

            if (!cells.TryGetValue((grid, cell), out var words))
                cells.Add((grid, cell), words = []);
            words.Add(word);
            if (word.IsNumber && IsSpilled(word, cell.Box))
            {
                spilled.Add((grid, cell));
                foreach (var side in new[] { word.X0 + 0.1f, word.X1 - 0.1f })
                {
                    if (grid.At(side, word.CentreY) is { } neighbour)
                        spilled.Add((grid, neighbour));
                }
            }
        }

        return new PdfPageText(page, [.. FreeLines(free)],
            [.. grids.Select(grid => new PdfTable(grid.Box,
                [.. grid.Cells.Select(cell => new PdfCell(cell, Text(cells.GetValueOrDefault((grid, cell)), cell, spilled.Contains((grid, cell)))))]))]);
    }

    // Word processors print a text that is too wide over both borders of its cell: as long as more than half of each
    // digit is inside, no other cell can have printed it.
    private static bool IsSpilled(PdfWord word, PdfBox cell) =>
        (word.X0 < cell.X0 - Overhang || word.X1 > cell.X1 + Overhang) && (word.EdgesX.First < cell.X0 || word.EdgesX.Last > cell.X1);

    /// <summary>A number printed across a border may be two numbers: its cells stay unreadable.</summary>
    private static string Text(List<PdfWord>? words, RuledCell cell, bool isSpilled) =>
        (words is null ? "" : PdfWrappedNumber.Read(words, cell) ?? PdfWord.Join(words)) + (isSpilled ? "\uFFFD" : "");

    private static IEnumerable<PdfLine> FreeLines(List<PdfWord> words) => PdfWrappedUnits.Join(words)
        .GroupBy(word => word.Line)
        .Select(line => line.OrderBy(word => word.X0).ToList())
        .Select(line => new PdfLine(
            PdfWord.Join(line),
            new PdfBox(line[0].X0, line.Min(word => word.Box.Y0), line[^1].X1, line.Max(word => word.Box.Y1)),
            line.Max(word => word.Size)));
}
