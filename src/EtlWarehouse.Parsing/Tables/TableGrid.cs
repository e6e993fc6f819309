namespace EtlWarehouse.Parsing.Tables;

/// <summary>One cell of a table where its spans begin.</summary>
/// <param name="Row">Slot row, from 0.</param>
/// <param name="Column">Slot column, from 0.</param>
/// <param name="Text">As printed; line breaks kept as <c>\n</c>.</param>
public sealed record GridCell(int Row, int Column, int RowSpan, int ColumnSpan, string Text);

/// <summary>A table with its row and column spans resolved to slots.</summary>
/// <param name="Number">Place of the table in its document, from 1; layout tables count too.</param>
/// <param name="Rows">For each row the cells that begin in it, from left to right.</param>
public sealed record TableGrid(int Number, IReadOnlyList<IReadOnlyList<GridCell>> Rows)
{
    public string Locator(GridCell cell) => $"table[{Number}]/r{cell.Row + 1}c{cell.Column + 1}";

    public string RowLocator(int row) => $"table[{Number}]/r{row + 1}";
}
