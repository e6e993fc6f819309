using EtlWarehouse.Parsing.Tables;
using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Forms;

/// <summary>Which column of the form stands over which slot column of a table, read from the table's own header.</summary>
internal sealed class ColumnHeaders
{
    private readonly Dictionary<(TableGrid, FormTable), int[]> columns = [];

    private readonly Dictionary<(TableGrid, FormTable), int> firstRows = [];

    public ColumnHeaders(IReadOnlyList<AlignedRow> rows)
    {
        foreach (var row in rows.Where(row => row.Candidate.Grid is not null && row.Row.Row is not null))
        {
            var key = (row.Candidate.Grid!, row.Row.Table);
            var first = row.Candidate.GridRow;
            firstRows[key] = firstRows.TryGetValue(key, out var known) ? Math.Min(known, first) : first;
        }
    }

    /// <summary>
    /// The values in the form's order; null where the header does not name each column of the form exactly once,
    /// as in flattened tables and tables that go on from the page before.
    /// </summary>
    public IReadOnlyList<PrintedCell>? Reorder(AlignedRow row, IReadOnlyList<PrintedCell> values)
    {
        if (row.Candidate.Grid is not { } grid || row.Row.Row is null || row.Row.Width < 2)
            return null;
        var header = Header(grid, row.Row);
        var ordered = new PrintedCell?[row.Row.Width];
        foreach (var value in values)
        {
            var column = value.Column < header.Length ? header[value.Column] : -1;
            if (column < 0 || ordered[column] is not null)
                return null;
            ordered[column] = value;
        }

        return [.. ordered.OfType<PrintedCell>()];
    }

    private int[] Header(TableGrid grid, SoughtRow sought)
    {
        var table = sought.Table;
        if (columns.TryGetValue((grid, table), out var known))
            return known;
        var end = firstRows[(grid, table)];
        var width = grid.Rows.SelectMany(row => row).Select(cell => cell.Column + cell.ColumnSpan).DefaultIfEmpty().Max();
        var header = new int[width];
        Array.Fill(header, -1);
        // From the top down, so that the header nearest to the values has the last word.
        foreach (var cell in grid.Rows.Take(end).SelectMany(row => row))
        {
            var label = FoldedLabel.Of(cell.Text);
            if (label.IsEmpty)
                continue;
            var column = 0;
            while (column < sought.Columns.Count && !sought.Columns[column].Any(known => known.Text == label.Text || known.Core == label.Core))
                column++;
            if (column == sought.Columns.Count)
                continue;
            for (var slot = cell.Column; slot < cell.Column + cell.ColumnSpan; slot++)
                header[slot] = column;
        }

        return columns[(grid, table)] = header;
    }
}
