using EtlWarehouse.Parsing.Documents.Scans;

namespace EtlWarehouse.Parsing.Tables;

/// <summary>One cell of a table where its spans begin.</summary>
/// <param name="Row">Slot row, from 0.</param>
/// <param name="Column">Slot column, from 0.</param>
/// <param name="Text">As printed; line breaks kept as <c>\n</c>.</param>
public sealed record GridCell(int Row, int Column, int RowSpan, int ColumnSpan, string Text)
{
    /// <summary>Where the format has pages, the page as a locator begins with it, e.g. <c>page[2]/</c>.</summary>
    public string Page { get; init; } = "";

    /// <summary>Where it is known, the cell's rectangle on its page as <c>@x,y,width,height</c> in points from the upper left corner.</summary>
    public string Box { get; init; } = "";

    /// <summary>Where the cell was a picture, how its text was found; null where the document states it.</summary>
    internal CellRecognition? Recognition { get; init; }
}

/// <summary>A table with its row and column spans resolved to slots.</summary>
/// <param name="Number">Place of the table in its document, from 1; layout tables count too.</param>
/// <param name="Rows">For each row the cells that begin in it, from left to right.</param>
public sealed record TableGrid(int Number, IReadOnlyList<IReadOnlyList<GridCell>> Rows)
{
    /// <summary>
    /// The document places text in slots and states no cells, as in a sheet or between ruled lines: a row that lost a
    /// cell is then as long as the others.
    /// </summary>
    public bool HasSlotsOnly { get; init; }

    /// <summary>The container's part of a locator, e.g. <c>report.docx!</c>.</summary>
    public string Container { get; init; } = "";

    /// <summary>The table's own part of a locator.</summary>
    public string Path { get; init; } = $"table[{Number}]";

    public string Locator(GridCell cell) => $"{Container}{cell.Page}{Path}/r{cell.Row + 1}c{cell.Column + 1}{cell.Box}";

    public string RowLocator(int row) =>
        $"{Container}{(row < Rows.Count && Rows[row].Count > 0 ? Rows[row][0].Page : "")}{Path}/r{row + 1}";
}
