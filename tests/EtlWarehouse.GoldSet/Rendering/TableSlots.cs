using EtlWarehouse.GoldSet.Composition;

namespace EtlWarehouse.GoldSet.Rendering;

/// <summary>A cell in the slot where its row's order and the spans from above put it.</summary>
/// <param name="IsContinued">The slot is covered by a cell that began in a row above.</param>
internal readonly record struct Slot(GoldCell Cell, int Column, bool IsContinued);

internal static class TableSlots
{
    /// <summary>For each row what stands in it from left to right, cells that reach down from above included.</summary>
    public static List<List<Slot>> Of(GoldTable table)
    {
        var rows = new List<List<Slot>>();
        var open = new List<(GoldCell Cell, int Column, int Left)>();
        foreach (var row in table.Rows)
        {
            var slots = new List<Slot>();
            var column = 0;
            var reaching = open.OrderBy(cell => cell.Column).ToList();
            open = [.. reaching.Where(cell => cell.Left > 1).Select(cell => cell with { Left = cell.Left - 1 })];
            foreach (var cell in row.Cells)
            {
                Continue();
                slots.Add(new Slot(cell, column, IsContinued: false));
                if (cell.Rows > 1)
                    open.Add((cell, column, cell.Rows - 1));
                column += cell.Columns;
            }

            Continue();
            rows.Add(slots);

            void Continue()
            {
                while (reaching.FirstOrDefault(cell => cell.Column == column) is { Cell: not null } above)
                {
                    slots.Add(new Slot(above.Cell, column, IsContinued: true));
                    column += above.Cell.Columns;
                }
            }
        }

        return rows;
    }

    public static int Width(List<List<Slot>> rows) => rows.SelectMany(row => row).Select(slot => slot.Column + slot.Cell.Columns).DefaultIfEmpty().Max();
}
