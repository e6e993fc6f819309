namespace EtlWarehouse.Parsing.Documents.Office;

/// <summary>The cells of one sheet of a .xls against its rows and its extent: each in its place, in order, none twice.</summary>
/// <remarks>
/// Not every program that writes .xls keeps to all of this. What a file keeps to at most of its cells and breaks at some
/// is damage; what it breaks at most of them is its writer's habit.
/// </remarks>
internal sealed class SheetCells(int formats)
{
    private readonly Dictionary<int, (int First, int End)> rows = [];
    private (uint FirstRow, uint EndRow, int FirstColumn, int EndColumn)? extent;
    private readonly Dictionary<string, (int Kept, int Broken, string Found)> habits = [];
    private readonly HashSet<(int Row, int Column)> stated = [];
    private (int Row, int Column) last = (-1, -1);

    /// <summary>All of them, with or without a value.</summary>
    public IReadOnlySet<(int Row, int Column)> Stated => stated.Count > StatedCells.Most ? new HashSet<(int, int)>() : stated;

    public void Add(SheetRecord record)
    {
        switch (record.Type)
        {
            case RecordType.Dimensions:
                Expect(record.Body.Length == 14, "an extent of 14 bytes", record.Body.Length);
                extent = (record.UInt32(0), record.UInt32(4), record.UInt16(8), record.UInt16(10));
                break;
            case RecordType.Row:
                Expect(record.Body.Length == 16, "a row of 16 bytes", record.Body.Length);
                Count("each row once", rows.TryAdd(record.UInt16(0), (record.UInt16(2), record.UInt16(4))), record.UInt16(0), 0);
                break;
            case RecordType.LabelSst or RecordType.Rk:
                One(record, 10);
                break;
            case RecordType.Number:
                One(record, 14);
                break;
            case RecordType.Blank:
                One(record, 6);
                break;
            case RecordType.BoolErr:
                One(record, 8);
                break;
            case RecordType.Formula or RecordType.Label:
                Expect(record.Body.Length >= 8, "a cell", record.Body.Length);
                Cell(record.UInt16(0), record.UInt16(2), record.UInt16(2), [record.UInt16(4)]);
                break;
            case RecordType.MulRk:
                Several(record, 6);
                break;
            case RecordType.MulBlank:
                Several(record, 2);
                break;
            case RecordType.MergeCells:
                Merged(record);
                break;
        }
    }

    private void One(SheetRecord record, int length)
    {
        Expect(record.Body.Length == length, $"a cell of {length} bytes", record.Body.Length);
        Cell(record.UInt16(0), record.UInt16(2), record.UInt16(2), [record.UInt16(4)]);
    }

    private void Several(SheetRecord record, int size)
    {
        var count = (record.Body.Length - 6) / size;
        Expect(count > 0 && record.Body.Length == 6 + (count * size), "several cells", record.Body.Length);
        var (first, end) = (record.UInt16(2), record.UInt16(record.Body.Length - 2));
        Expect(end == first + count - 1, $"cells up to column {first + count - 1}", end);
        Cell(record.UInt16(0), first, end, Enumerable.Range(0, count).Select(index => (int)record.UInt16(4 + (index * size))));
    }

    private void Cell(int row, int column, int lastColumn, IEnumerable<int> styles)
    {
        foreach (var style in styles)
            Expect(style < formats, $"one of {formats} formats", style);
        Count("cells in the order of rows and columns", row > last.Row || (row == last.Row && column > last.Column), row, column);
        last = (row, lastColumn);
        if (stated.Count <= StatedCells.Most)
            stated.UnionWith(Enumerable.Range(column, Math.Max(0, lastColumn - column + 1)).Select(place => (row, place)));
        if (extent is { } whole)
            Count("cells within the sheet's extent", row >= whole.FirstRow && row < whole.EndRow && column >= whole.FirstColumn && lastColumn < whole.EndColumn, row, column);
        if (rows.Count > 0)
            Count("cells within the extent of their row", rows.TryGetValue(row, out var range) && column >= range.First && lastColumn < range.End, row, column);
    }

    /// <summary>To be called when all records are in.</summary>
    public void CheckHabits()
    {
        foreach (var (expected, (kept, broken, found)) in habits)
            Expect(broken == 0 || WorkbookRecords.IsHabit(broken, kept), expected, found);
    }

    private void Count(string expected, bool holds, int row, int column)
    {
        var (kept, broken, found) = habits.GetValueOrDefault(expected, (0, 0, ""));
        habits[expected] = holds ? (kept + 1, broken, found) : (kept, broken + 1, broken == 0 ? FormattableString.Invariant($"others, the first at row {row + 1} column {column + 1}") : found);
    }

    private static void Merged(SheetRecord record)
    {
        var count = record.Body.Length < 2 ? -1 : record.UInt16(0);
        Expect(record.Body.Length == 2 + (8 * count), "merged cells", record.Body.Length);
        for (var at = 2; at < record.Body.Length; at += 8)
            Expect(record.UInt16(at) <= record.UInt16(at + 2) && record.UInt16(at + 4) <= record.UInt16(at + 6), "merged cells from left above to right below", $"rows {record.UInt16(at)} to {record.UInt16(at + 2)}");
    }

    private static void Expect(bool holds, string expected, object found)
    {
        if (!holds)
            throw WorkbookRecords.Damaged(expected, FormattableString.Invariant($"{found}"));
    }
}
