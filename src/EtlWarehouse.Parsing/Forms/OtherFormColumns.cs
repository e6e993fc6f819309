using EtlWarehouse.Parsing.Tables;
using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Forms;

/// <summary>
/// Rows that stand below another form's columns, as in reports that mix two forms: only what stands below a column of
/// this form is this form's value.
/// </summary>
internal sealed class OtherFormColumns(HeaderWords words, IReadOnlyList<AlignedRow> rows)
{
    private readonly Dictionary<FormTable, string?> ofText = rows
        .Where(row => row.Candidate.Grid is null && row.Row.Row is not null)
        .GroupBy(row => row.Row.Table)
        .ToDictionary(table => table.Key, table => table.Select(words.OtherFormsColumn).FirstOrDefault(name => name is not null));

    // Fields of a line have no columns that a header in another order could be matched with.
    private readonly HashSet<FormTable> reordered = [.. rows
        .Where(row => row.Candidate.Grid is null && row.Row.Row is not null && words.IsReordered(row))
        .Select(row => row.Row.Table)];

    private readonly Dictionary<(TableGrid, FormTable), List<(GridCell Cell, bool IsOwn)>> headers = [];

    /// <summary>The values by their columns, null for a column that is not printed; null altogether where all columns are this form's.</summary>
    /// <param name="problem">What was expected and found where the columns cannot be told apart; else null.</param>
    public IReadOnlyList<PrintedCell?>? Place(AlignedRow row, out string? problem)
    {
        problem = null;
        if (row.Row.Row is null)
            return null;
        if (row.Candidate.Grid is { } grid)
            return ByHeader(row, Header(grid, row), out problem);
        if (reordered.Contains(row.Row.Table))
            problem = "expected the columns in the form's order, found another in the header";
        if (ofText.GetValueOrDefault(row.Row.Table) is { } name)
            problem = $"expected the columns {string.Join(", ", row.Row.Table.Columns.Select(column => column.Labels[0]))}, found {name} of another form";
        return null;
    }

    private static List<PrintedCell?>? ByHeader(AlignedRow row, List<(GridCell Cell, bool IsOwn)> header, out string? problem)
    {
        problem = null;
        if (header.TrueForAll(cell => cell.IsOwn))
            return null;
        // The header nearest to the values has the last word.
        GridCell? Over(PrintedCell value) => header.LastOrDefault(over => Covers(over.Cell, value.Column)).Cell;
        var values = row.Candidate.Cells.Skip(row.Fit.LabelIndex + 1).ToList();
        var others = header.Where(cell => !cell.IsOwn).Select(cell => cell.Cell).ToHashSet();
        // A header that lies about its spans leaves values below none of its columns.
        if (!values.Exists(value => Over(value) is var over && (over is null ? value.Number.Kind == PrintedKind.Number : others.Contains(over))))
            return null;
        // Where cells were joined or lost, what is left of the row may stand below any of the columns.
        var columns = values.ConvertAll(value => Over(value)!);
        if (columns.Contains(null!) || columns.Distinct().Count() != values.Count || header.GroupBy(cell => cell.Cell.Row).Max(line => line.Count()) != values.Count)
        {
            problem = $"expected a value below each column of the header, found {values.Count}";
            return null;
        }

        return
        [
            .. row.Row.Columns.Select(names =>
            {
                var below = values.Where(value => Over(value) is { } over && !others.Contains(over)
                    && FoldedLabel.Of(over.Text) is var printed && names.Any(name => name.Text == printed.Text || name.Core == printed.Core)).ToList();
                return below.Count == 1 ? below[0] : null;
            }),
        ];
    }

    /// <summary>The cells between the last row of another table and the first of this that name a column of any form.</summary>
    private List<(GridCell Cell, bool IsOwn)> Header(TableGrid grid, AlignedRow row)
    {
        if (headers.TryGetValue((grid, row.Row.Table), out var known))
            return known;
        var inGrid = rows.Where(other => other.Candidate.Grid == grid && other.Row.Row is not null).ToList();
        var first = inGrid.Where(other => other.Row.Table == row.Row.Table).Min(other => other.Candidate.GridRow);
        var before = inGrid.Where(other => other.Candidate.GridRow < first).Select(other => other.Candidate.GridRow).DefaultIfEmpty(-1).Max();
        return headers[(grid, row.Row.Table)] =
        [
            .. grid.Rows.Skip(before + 1).Take(first - before - 1).SelectMany(cells => cells)
                .Select(cell => (cell, IsOwn: words.IsOwnColumn(row.Row.Table, FoldedLabel.Of(cell.Text))))
                .Where(cell => cell.IsOwn is not null)
                .Select(cell => (cell.cell, cell.IsOwn!.Value)),
        ];
    }

    private static bool Covers(GridCell cell, int column) => column >= cell.Column && column < cell.Column + cell.ColumnSpan;
}
