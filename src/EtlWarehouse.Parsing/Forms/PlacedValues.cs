using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Forms;

/// <summary>Which printed cell is which value of a row.</summary>
/// <param name="Cells">As many as the row is wide, in the order of the form; null where none can be told with certainty.</param>
/// <param name="Repair">E.g. <c>column.reordered</c>; null for the plain reading.</param>
/// <param name="Problem">What was expected and found where <paramref name="Cells"/> is null.</param>
internal sealed record PlacedValues(IReadOnlyList<PrintedCell>? Cells, string? Repair, string? Problem);

/// <summary>
/// Picks the values of each row. Labels are displaced and rows slide, so no column number is trusted by itself:
/// the values are what follows the row's label, and where there are more fields than values, the rows of the same
/// table that are not ambiguous tell which.
/// </summary>
internal sealed class ValuePlacement(IReadOnlyList<AlignedRow> rows)
{
    // Some lines of the text have an empty field behind a full row, so that an empty last field need not be a value.
    private readonly bool hasEmptyLineEnds = rows.Any(row =>
        row.Row.Row is not null && row.Candidate is { HasCellBorders: true, Grid: null }
        && Fields(row) is var fields && fields.Count == row.Row.Width + 1 && IsBlank(fields[^1]) && !fields.SkipLast(1).Any(IsBlank));

    public PlacedValues Place(AlignedRow row)
    {
        var candidate = row.Candidate;
        if (!candidate.HasCellBorders)
        {
            return candidate.Cells.Count == row.Row.Width
                ? new PlacedValues(candidate.Cells, null, null)
                : Unplaced(row, candidate.Cells.Count);
        }

        var fields = Fields(row);
        if (fields.Count == row.Row.Width && !IsAside(row, fields) && (IsCertain(row, fields) || fields.All(IsBlank)))
            return new PlacedValues(fields, null, null);
        var trimmed = Trim(fields, row.Row.Width);
        if (trimmed is not null)
            return new PlacedValues(trimmed, null, null);
        if (fields.Count > row.Row.Width && IsCertain(row, fields) && FromNeighbours(row, fields) is { } placed)
            return new PlacedValues(placed, null, null);
        if (fields.Count > 0 && fields.All(IsBlank))
            return new PlacedValues([.. Enumerable.Repeat(fields[0], row.Row.Width)], null, null);
        return Unplaced(row, fields.Count(field => field.Number.Kind != PrintedKind.Blank));
    }

    /// <summary>What a row prints behind its label, blank ends cut off; empty where something else than numbers is among it.</summary>
    public static IReadOnlyList<PrintedCell> Printed(AlignedRow row)
    {
        var fields = row.Candidate.HasCellBorders ? Fields(row) : row.Candidate.Cells;
        var printed = fields.SkipWhile(IsBlank).Reverse().SkipWhile(IsBlank).Reverse().ToList();
        return printed.All(field => field.Number.Kind is PrintedKind.Number or PrintedKind.Blank || RowRepairs.Pieces(field) is not null) ? printed : [];
    }

    private static PlacedValues Unplaced(AlignedRow row, int found) =>
        new(null, null, $"expected {row.Row.Width} values, found {found}");

    /// <summary>The cells behind the row's label.</summary>
    private static IReadOnlyList<PrintedCell> Fields(AlignedRow row)
    {
        if (row.Row.Row is { Unit: not null })
            return WithoutUnit([.. row.Candidate.Cells.Skip(row.Fit.LabelIndex + 1)]);
        if (row.Row.Row is not null)
            return row.Candidate.Cells.Skip(row.Fit.LabelIndex + 1).ToArray();
        return [.. row.Candidate.Cells.SkipWhile(cell => cell.Number.Kind == PrintedKind.Text)];
    }

    /// <summary>The cell that prints the row's unit is no value; it says what the value means.</summary>
    private static List<PrintedCell> WithoutUnit(List<PrintedCell> fields)
    {
        var unit = fields.Find(field => PrintedNumber.IsUnit(FoldedLabel.BareText(field.Text)));
        return unit is null
            ? fields
            : [.. fields.Where(field => field != unit).Select(field => field with { StatedUnit = FoldedLabel.BareText(unit.Text) })];
    }

    /// <summary>Drops blank fields at the ends if that leaves exactly the row's width in one way only.</summary>
    private static IReadOnlyList<PrintedCell>? Trim(IReadOnlyList<PrintedCell> fields, int width)
    {
        var start = 0;
        var end = fields.Count;
        while (end > start && IsBlank(fields[end - 1]))
            end--;
        while (start < end && IsBlank(fields[start]))
            start++;
        return end - start == width ? [.. fields.Skip(start).Take(width)] : null;
    }

    /// <summary>Takes the columns that hold the values of the other rows of this table whose label stands in the same column.</summary>
    private List<PrintedCell>? FromNeighbours(AlignedRow row, IReadOnlyList<PrintedCell> fields)
    {
        var starts = rows
            .Where(other => IsNeighbour(other, row))
            .Select(other => Fields(other).Count == row.Row.Width ? Fields(other) : Trim(Fields(other), row.Row.Width))
            .OfType<IReadOnlyList<PrintedCell>>()
            .Select(cells => cells[0].Column)
            .Distinct()
            .ToList();
        if (starts.Count != 1)
            return null;
        var placed = fields.Where(field => field.Column >= starts[0]).Take(row.Row.Width).ToList();
        // Where the neighbours may be the ones that are shifted, the header has to tell.
        if (row.Candidate.Grid is { HasSlotsOnly: true } && placed.Count > 0 && placed[0] != fields[0] && fields.Skip(row.Row.Width).All(IsBlank))
            return null;
        var rest = fields.Except(placed);
        return placed.Count == row.Row.Width && rest.All(IsBlank) ? placed : null;
    }

    /// <summary>
    /// Whether the first field is empty and begins left of all other rows' values: it is then the place of a label that
    /// stands one column aside, and a value is missing among the others.
    /// </summary>
    private bool IsAside(AlignedRow row, IReadOnlyList<PrintedCell> fields) =>
        row.Candidate.Grid is { } grid && row.Row.Row is not null && IsBlank(fields[0]) && !fields.All(IsBlank)
        && rows.Where(other => IsNeighbour(other, row) && other.Candidate.Grid == grid && Fields(other) is [var first, ..] && !IsBlank(first)) is var others
        && others.Any() && others.All(other => Fields(other)[0].Column > fields[0].Column);

    /// <summary>
    /// An empty field at the end of a line of text is a blank value, or what follows a row that lost one. It is a
    /// value only if the line has neighbours and as many fields as they. Tables have slots and need no such doubt.
    /// </summary>
    private bool IsCertain(AlignedRow row, IReadOnlyList<PrintedCell> fields)
    {
        if (row.Candidate.Grid is not null || !(IsBlank(fields[0]) || IsBlank(fields[^1])))
            return true;
        if (hasEmptyLineEnds && fields.Count == row.Row.Width && IsBlank(fields[^1]))
            return false;
        var neighbours = rows.Where(other => IsNeighbour(other, row)).ToList();
        return neighbours.Count > 0 && neighbours.All(other => other.Candidate.Cells.Count == row.Candidate.Cells.Count);
    }

    private static bool IsNeighbour(AlignedRow other, AlignedRow row) =>
        other != row && other.Row.Table == row.Row.Table && other.Candidate.HasCellBorders
        && (other.Candidate.Grid is null) == (row.Candidate.Grid is null)
        && (row.Candidate.Grid is not null || LabelColumn(other) == LabelColumn(row));

    private static int LabelColumn(AlignedRow row) =>
        row.Fit.LabelIndex < 0 ? -1 : row.Candidate.Cells[row.Fit.LabelIndex].Column;

    private static bool IsBlank(PrintedCell cell) => cell.Number.Kind == PrintedKind.Blank;
}
