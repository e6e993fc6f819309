namespace EtlWarehouse.Parsing.Tables;

/// <summary>Places cells in slots as HTML 5 does: each cell takes the first slot that no span from above covers.</summary>
internal sealed class TableGridBuilder(int number)
{
    /// <summary>Spans beyond this are an attack or a slip; no form of ours is wider.</summary>
    private const int MaxColumnSpan = 200;

    private const int MaxRowSpan = 1000;

    private const int MaxColumns = 1000;

    private readonly List<List<GridCell>> rows = [];

    // For each column the first row that is free again.
    private readonly List<int> freeFrom = [];

    private int column;

    public void StartRow()
    {
        rows.Add([]);
        column = 0;
    }

    /// <summary>Adds a cell to the current row; spans are cut to what is sane.</summary>
    public void Add(string text, int rowSpan, int columnSpan)
    {
        if (rows.Count == 0)
            StartRow();
        var row = rows.Count - 1;
        while (column < freeFrom.Count && freeFrom[column] > row)
            column++;
        if (column >= MaxColumns)
            return;

        // rowspan=0 means down to the end of the table.
        var down = rowSpan == 0 ? MaxRowSpan : Math.Clamp(rowSpan, 1, MaxRowSpan);
        var across = Math.Clamp(columnSpan, 1, MaxColumnSpan);
        rows[row].Add(new GridCell(row, column, down, across, text));
        for (var covered = column; covered < column + across; covered++)
        {
            if (covered == freeFrom.Count)
                freeFrom.Add(0);
            freeFrom[covered] = Math.Max(freeFrom[covered], row + down);
        }

        column += across;
    }

    public TableGrid Build()
    {
        var count = rows.Count;
        return new TableGrid(number,
            [.. rows.Select(row => (IReadOnlyList<GridCell>)[.. row.Select(cell =>
                cell.Row + cell.RowSpan <= count ? cell : cell with { RowSpan = count - cell.Row })])]);
    }
}
