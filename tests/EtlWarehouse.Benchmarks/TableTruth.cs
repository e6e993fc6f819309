using System.Text.Json;
using System.Text.RegularExpressions;
using EtlWarehouse.Parsing.Documents;
using EtlWarehouse.Parsing.Tables;

namespace EtlWarehouse.Benchmarks;

/// <summary>The tables that another project's suite says a document has: <c>groundtruth/NAME.json</c> beside <c>sources/NAME</c>, as docling writes them.</summary>
internal static partial class TableTruth
{
    /// <summary>Compares place, spans and text of each cell; each table with ours that is most like it.</summary>
    /// <returns>Null where the suite says nothing of the file's tables.</returns>
    public static TableScore? Compare(string file, IReadOnlyList<DocumentContent> documents)
    {
        var truth = Path.Combine(Path.GetDirectoryName(file)!, "..", "groundtruth", Path.GetFileName(file) + ".json");
        if (Path.GetExtension(file) is not (".docx" or ".html") || !File.Exists(truth))
            return null;
        using var json = JsonDocument.Parse(File.ReadAllBytes(truth));
        if (!json.RootElement.TryGetProperty("tables", out var tables) || tables.GetArrayLength() == 0)
            return null;
        var ours = documents.SelectMany(document => document.Blocks).OfType<TableBlock>().Select(table => Cells(table.Grid)).ToList();
        var (cells, same, count) = (0, 0, ours.Count);
        var differences = new List<string>();
        foreach (var table in tables.EnumerateArray())
        {
            var expected = Cells(table.GetProperty("data"));
            cells += expected.Count;
            var best = ours.MaxBy(found => found.Intersect(expected).Count()) ?? [];
            ours.Remove(best);
            same += best.Intersect(expected).Count();
            differences.AddRange(expected.Except(best).Take(2).Select(cell => $"{cell} but {string.Join("|", best.Where(found => found.Row == cell.Row && found.Column == cell.Column))}"));
        }

        return new TableScore(tables.GetArrayLength(), count, cells, same, string.Join("; ", differences.Take(3)));
    }

    private static HashSet<Cell> Cells(TableGrid grid) =>
        [.. grid.Rows.SelectMany(row => row).Select(cell => new Cell(cell.Row, cell.Column, cell.RowSpan, cell.ColumnSpan, Bare(cell.Text)))];

    private static HashSet<Cell> Cells(JsonElement table) => [.. table.GetProperty("table_cells").EnumerateArray().Select(cell =>
    {
        int Number(string name) => cell.GetProperty(name).GetInt32();
        var (row, column) = (Number("start_row_offset_idx"), Number("start_col_offset_idx"));
        return new Cell(row, column, Number("end_row_offset_idx") - row, Number("end_col_offset_idx") - column, Bare(cell.GetProperty("text").GetString()!));
    })];

    private static string Bare(string text) => Blanks().Replace(text, "");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    private sealed record Cell(int Row, int Column, int RowSpan, int ColumnSpan, string Text)
    {
        public override string ToString() => FormattableString.Invariant($"r{Row + 1}c{Column + 1} {RowSpan}x{ColumnSpan} '{Text[..Math.Min(Text.Length, 40)]}'");
    }
}

/// <param name="Same">Of <paramref name="Cells"/>: the same place, spans and text.</param>
internal sealed record TableScore(int Tables, int Found, int Cells, int Same, string Differences);
