using EtlWarehouse.Parsing.Tables;

namespace EtlWarehouse.Parsing.Documents.Office;

/// <summary>Whether a cell is the first of several that are one from top to bottom, or a later one.</summary>
internal enum WordMerge
{
    None,
    Starts,
    GoesOn,
}

/// <summary>A table as Word writes it: each row its cells from left to right, joined downwards by marks.</summary>
internal sealed class WordTable(int number)
{
    private const int MostColumns = 1000;

    private readonly List<List<Cell>> rows = [];

    // By the column where they begin.
    private readonly Dictionary<int, Cell> lowest = [];

    private int column;

    /// <summary>Whether a cell holds a table of its own.</summary>
    public bool HoldsTables { get; private set; }

    public void StartRow()
    {
        rows.Add([]);
        column = 0;
    }

    public void Skip(int columns) => column = Math.Min(MostColumns, column + columns);

    /// <param name="content">Texts of paragraphs, and tables.</param>
    public void Add(IReadOnlyList<object> content, int across, WordMerge merge)
    {
        if (rows.Count == 0)
            StartRow();
        HoldsTables |= content.Any(piece => piece is WordTable);
        var text = string.Join('\n', content.OfType<string>()).Trim('\n', ' ', '\t');
        across = Math.Clamp(across, 1, MostColumns);
        if (column + across > MostColumns)
            return;
        // A merged cell that has text of its own is a cell: no printed number is passed over.
        if (merge == WordMerge.GoesOn && text.Length == 0 && Above(column) is { } above)
        {
            above.RowSpan = rows.Count - above.Row;
        }
        else
        {
            var cell = new Cell(rows.Count - 1, column, across, text, content);
            rows[^1].Add(cell);
            lowest[column] = cell;
        }

        column += across;
    }

    public IEnumerable<object> Contents() => rows.SelectMany(row => row).SelectMany(cell => cell.Content);

    public TableGrid Grid() => new(number,
        [.. rows.Select(row => (IReadOnlyList<GridCell>)[.. row.Select(cell => new GridCell(cell.Row, cell.Column, cell.RowSpan, cell.ColumnSpan, cell.Text))])]);

    /// <summary>The cell that reaches down to the row above the current one in a column.</summary>
    private Cell? Above(int at) => lowest.GetValueOrDefault(at) is { } found && found.Row + found.RowSpan == rows.Count - 1 ? found : null;

    private sealed record Cell(int Row, int Column, int ColumnSpan, string Text, IReadOnlyList<object> Content)
    {
        public int RowSpan { get; set; } = 1;
    }
}
