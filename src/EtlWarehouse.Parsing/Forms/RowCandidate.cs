using EtlWarehouse.Parsing.Tables;
using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Forms;

/// <summary>A piece of text with its place; in tables and tab-separated lines it is one cell.</summary>
/// <param name="Column">Slot column in a table, field number in a line, from 0.</param>
internal sealed record PrintedCell(string Text, string Locator, int Column)
{
    private PrintedNumber? number;

    private FoldedLabel? label;

    // What is known of the text is not known of another: a copy with other text finds out for itself.
    private PrintedCell(PrintedCell original) =>
        (Text, Locator, Column, Printed, StatedUnit) = (original.Text, original.Locator, original.Column, original.Printed, original.StatedUnit);

    /// <summary>What the cell prints, where <see cref="Text"/> is only a part of it or put together from parts.</summary>
    public string? Printed { get; init; }

    /// <summary>The unit that its row prints apart from it, e.g. <c>万元</c>; null where it prints none.</summary>
    public string? StatedUnit { get; init; }

    /// <summary>The text as a number, if it is one.</summary>
    public PrintedNumber Number => number ??= PrintedNumber.Read(Text);

    /// <summary>The text as a label; empty where it is a number, a dash or nothing.</summary>
    public FoldedLabel Label => label ??= Number.Kind == PrintedKind.Text ? FoldedLabel.Of(Text) : FoldedLabel.Empty;
}

/// <summary>Something in a document that may be a row of the form.</summary>
/// <param name="Cells">Where <paramref name="HasCellBorders"/>: all cells of the row, labels too. Else: its numbers.</param>
/// <param name="Before">Bare text since the numbers before it; label evidence where cells have no borders, header evidence elsewhere.</param>
/// <param name="SameLine">Bare text in front of the numbers on their own line.</param>
/// <param name="Section">Code of the section whose heading was seen last; null before the first.</param>
/// <param name="Grid">The table it comes from, if from a real one.</param>
/// <param name="GridRow">Its slot row there.</param>
internal sealed record RowCandidate(
    IReadOnlyList<PrintedCell> Cells,
    bool HasCellBorders,
    string Before,
    string SameLine,
    string? Section,
    string Locator,
    TableGrid? Grid,
    int GridRow = -1)
{
    /// <summary>Bare text up to the next numbers: a wrapped label may go on there.</summary>
    public string After { get; set; } = "";

    /// <summary>Of <see cref="Before"/>, what stands together with the numbers; null where nothing sets it apart.</summary>
    public string? OwnWords { get; init; }

    /// <summary>What was done to the row before its words were looked at, e.g. <c>row.joined</c>; null where nothing was.</summary>
    public string? Repair { get; init; }

    /// <summary>The unit stated above the whole table, e.g. <c>万元</c>; null where none is.</summary>
    public string? CaptionUnit { get; init; }

    /// <summary>Its number in the document's order, from 0.</summary>
    public int Place { get; set; }
}
