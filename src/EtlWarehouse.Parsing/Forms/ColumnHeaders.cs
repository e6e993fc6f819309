using System.Globalization;
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
    /// The tables whose header names each column of the form once and in another order than the form's: for each printed
    /// column which of the form's it is. A span that lies may push a row away from its header: it follows its table.
    /// </summary>
    public IReadOnlyDictionary<FormTable, IReadOnlyList<int>> Orders(IReadOnlyList<(AlignedRow Row, IReadOnlyList<PrintedCell> Values)> plain)
    {
        var found = new Dictionary<FormTable, IReadOnlyList<int>>();
        foreach (var rows in plain.Where(row => row.Row.Candidate.Grid is not null && row.Row.Row.Row is not null && row.Row.Row.Width > 1).GroupBy(row => row.Row.Row.Table))
        {
            // Rows that lie or stand aside see other columns above them than most.
            var orders = rows.Select(row => Order(row.Row, row.Values)).OfType<string>().GroupBy(seen => seen).OrderByDescending(same => same.Count()).ToList();
            if (orders.Count == 0 || 2 * orders[0].Count() <= orders.Sum(same => same.Count()))
                continue;
            var order = orders[0].Key.Split(' ').Select(column => int.Parse(column, CultureInfo.InvariantCulture)).ToList();
            if (!order.SequenceEqual(order.Order()))
                found[rows.Key] = order;
        }

        return found;
    }

    /// <summary>For each value the form's column that the header over it names; null where that is not each of them once.</summary>
    private string? Order(AlignedRow row, IReadOnlyList<PrintedCell> values)
    {
        var header = Header(row.Candidate.Grid!, row.Row);
        var columns = values.Select(value => value.Column >= 0 && value.Column < header.Length ? header[value.Column] : -1).ToList();
        return columns.Contains(-1) || columns.Distinct().Count() != columns.Count ? null : string.Join(' ', columns);
    }

    /// <summary>The values below the header's columns; null where the header does not name each column once, or something stands below none.</summary>
    public IReadOnlyList<PrintedCell>? Place(AlignedRow row)
    {
        if (row.Candidate.Grid is not { } grid || row.Row.Row is not { Unit: null } || row.Row.Width < 2)
            return null;
        var header = Header(grid, row.Row);
        var placed = new PrintedCell?[row.Row.Width];
        foreach (var value in row.Candidate.Cells.Skip(row.Fit.LabelIndex + 1))
        {
            var column = value.Column < header.Length ? header[value.Column] : -1;
            if (column >= 0 ? placed[column] is not null : value.Number.Kind != PrintedKind.Blank)
                return null;
            if (column >= 0)
                placed[column] = value;
        }

        return placed.Contains(null) ? null : [.. placed.OfType<PrintedCell>()];
    }

    /// <summary>
    /// Whether the header says that the numbers stand further right than the form's order has them: the empty last cell is
    /// below no column or below that of the cell before it, and a number is below another column than its own.
    /// </summary>
    public bool Displace(AlignedRow row, IReadOnlyList<PrintedCell> values)
    {
        if (row.Candidate.Grid is not { HasSlotsOnly: true } grid || row.Row.Row is not { Unit: null } || values.Count < 2 || values[^1].Number.Kind != PrintedKind.Blank)
            return false;
        var header = Header(grid, row.Row);
        int Above(PrintedCell value) => value.Column >= 0 && value.Column < header.Length ? header[value.Column] : -1;
        // One number over two columns is that of neither.
        bool IsOverTwo(PrintedCell value) => value.Number.Kind == PrintedKind.Number
            && grid.Rows[row.Candidate.GridRow].FirstOrDefault(cell => cell.Column == value.Column) is { ColumnSpan: > 1 } wide
            && header.Skip(wide.Column).Take(wide.ColumnSpan).Where(column => column >= 0).Distinct().Count() > 1;
        return values.Any(IsOverTwo) || ((Above(values[^1]) is var last && (last < 0 || last == Above(values[^2])))
            && values.Where((value, index) => value.Number.Kind == PrintedKind.Number && Above(value) >= 0 && Above(value) != index).Any());
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
