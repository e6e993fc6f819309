using System.Globalization;
using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Forms;

/// <summary>A row whose label is known and whose values are not in their places: one too many, one too few, or shifted.</summary>
/// <param name="Fields">What is printed, blank ends cut off.</param>
internal sealed record UnplacedRow(AlignedRow Row, IReadOnlyList<PrintedCell> Fields);

/// <summary>One way to give a row's numbers to its cells.</summary>
/// <param name="Cells">In the form's order; null where the number is lost.</param>
internal sealed record Assignment(IReadOnlyList<PrintedCell?> Cells, string Repair)
{
    public string Key => string.Join(' ', Cells.Select(cell => cell?.Number.Value?.ToString(CultureInfo.InvariantCulture) ?? "?"));
}

/// <summary>
/// Places rows that have a stranger among their numbers (a page number, an empty cell), two numbers glued together, one
/// number in two pieces, or one lost. Every assignment is tried against the form's equations; a row is placed only if
/// exactly one satisfies them all.
/// </summary>
internal sealed class RowRepairs(Equations equations)
{
    /// <summary>Each pass can make equations of other rows assessable.</summary>
    private const int Passes = 4;

    /// <summary>The row's own sum is enough for a whole row; a row with a hole must be held by several columns.</summary>
    private const int EnoughForHoles = 3;

    /// <returns>The rows that could be placed, each with its only assignment; and for the others what was tried.</returns>
    public (IReadOnlyList<(UnplacedRow Row, Assignment Assignment)> Placed, IReadOnlyList<(UnplacedRow Row, IReadOnlyList<Assignment> Candidates)> Undecided) Place(
        IReadOnlyList<UnplacedRow> rows, IReadOnlyDictionary<string, CellReading> readings)
    {
        var values = Values(readings);
        foreach (var code in rows.SelectMany(row => row.Row.Row.CellCodes()))
            values.Remove(code);
        var placed = new List<(UnplacedRow, Assignment)>();
        var open = rows.ToList();
        for (var pass = 0; pass < Passes && open.Count > 0; pass++)
        {
            var before = open.Count;
            foreach (var row in open.ToList())
            {
                var (confirmed, unjudged) = Satisfying(row, values);
                // That few equations judge an alternative is no reason against it.
                if (confirmed is not [var only] || unjudged.Count > 0)
                    continue;
                placed.Add((row, only));
                open.Remove(row);
                foreach (var (code, cell) in row.Row.Row.CellCodes().Zip(only.Cells))
                {
                    if (cell?.Number.Value is { } value)
                        values[code] = value;
                }
            }

            if (open.Count == before)
                break;
        }

        return (placed, [.. open.Select(row => (row, Satisfying(row, values).Confirmed))]);
    }

    public static Dictionary<string, decimal> Values(IReadOnlyDictionary<string, CellReading> readings) =>
        readings.Where(reading => reading.Value.Value is not null).ToDictionary(reading => reading.Key, reading => reading.Value.Value!.Value);

    /// <summary>All that no equation rules out: those that enough of them confirm, and the others.</summary>
    private (IReadOnlyList<Assignment> Confirmed, IReadOnlyList<Assignment> Unjudged) Satisfying(UnplacedRow row, Dictionary<string, decimal> values)
    {
        var codes = row.Row.Row.CellCodes();
        var holding = Assignments(row)
            .Select(assignment => (Assignment: assignment, Own: codes.Zip(assignment.Cells).ToDictionary(pair => pair.First, pair => pair.Second?.Number.Value)))
            .Select(tried => (tried.Assignment, tried.Own, Verdict: equations.Judge(tried.Own, values)))
            .Where(tried => tried.Verdict.Holds)
            // Where a printed sum is wrong, another hole than the true one may look right; its sums then disagree about what is lost.
            .Where(tried => codes.Where(code => tried.Own[code] is null).All(hole => equations.Implied(hole, tried.Own, values) is { Count: 0 } or [>= 0]))
            .DistinctBy(tried => tried.Assignment.Key)
            .ToLookup(tried => tried.Verdict.Judged >= (IsWhole(tried.Assignment) ? 1 : EnoughForHoles));
        // A whole row that several equations confirm leaves no room for one with a hole, which escapes some of them.
        var whole = holding[true].Where(tried => IsWhole(tried.Assignment) && tried.Verdict.Judged >= EnoughForHoles).ToList();
        return whole.Count > 0
            ? ([.. whole.Select(tried => tried.Assignment)], [])
            : ([.. holding[true].Select(tried => tried.Assignment)], [.. holding[false].Select(tried => tried.Assignment)]);
    }

    private static bool IsWhole(Assignment assignment) => assignment.Cells.All(cell => cell?.Number.Value is not null);

    private static IEnumerable<Assignment> Assignments(UnplacedRow row)
    {
        var (fields, width) = (row.Fields, row.Row.Row.Width);
        if (fields.Count == width)
            yield return new Assignment([.. fields.Select(field => Pieces(field) is { } whole ? whole : field)], "cell.split");
        if (fields.Count == width + 1)
        {
            for (var index = 0; index < fields.Count; index++)
            {
                yield return new Assignment([.. fields.Where((_, at) => at != index)], "cell.extra");
                if (index < width && Joined(fields[index], fields[index + 1]) is { } joined)
                    yield return new Assignment([.. fields.Take(index), joined, .. fields.Skip(index + 2)], "cell.split");
            }
        }

        if (fields.Count != width - 1)
            yield break;
        foreach (var shifted in Shifted(fields))
            yield return shifted;
        if (!fields.Any(IsOpen))
            yield return new Assignment([.. fields, null], "cell.lost");
    }

    /// <summary>What a row may mean that prints one field too few at its end: two numbers glued together, or one lost before the last.</summary>
    public static IEnumerable<Assignment> Shifted(IReadOnlyList<PrintedCell> fields)
    {
        for (var index = 0; index < fields.Count; index++)
        {
            foreach (var (first, second) in Halves(fields[index]))
                yield return new Assignment([.. fields.Take(index), first, second, .. fields.Skip(index + 1)], "cell.glued");
        }

        // A cell that may be one number or two leaves too much open.
        if (fields.Any(IsOpen))
            yield break;
        for (var lost = 0; lost < fields.Count; lost++)
            yield return new Assignment([.. fields.Take(lost), null, .. fields.Skip(lost)], "cell.lost");
    }

    /// <summary>Words, digits in pieces, or 05, which nobody prints for a number.</summary>
    private static bool IsOpen(PrintedCell field) =>
        field.Number.Kind == PrintedKind.Text || (field.Text.Length > 1 && field.Text[0] == '0' && char.IsAsciiDigit(field.Text[1]));

    /// <summary>Digits with a blank between them, as one number; null for anything else.</summary>
    public static PrintedCell? Pieces(PrintedCell field)
    {
        if (field.Number.Kind != PrintedKind.Text)
            return null;
        var pieces = CharacterFolding.Fold(field.Text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return pieces.Length == 2 && pieces.All(IsDigits) && pieces[0][0] != '0' ? field with { Text = pieces[0] + pieces[1], Printed = field.Text } : null;
    }

    private static PrintedCell? Joined(PrintedCell first, PrintedCell second) =>
        IsDigits(first.Text) && IsDigits(second.Text) && first.Text[0] != '0'
            ? first with { Text = first.Text + second.Text, Printed = first.Locator == second.Locator ? first.Printed : $"{first.Text} {second.Text}" }
            : null;

    private static IEnumerable<(PrintedCell First, PrintedCell Second)> Halves(PrintedCell glued)
    {
        if (!IsDigits(glued.Text))
            yield break;
        for (var cut = 1; cut < glued.Text.Length; cut++)
        {
            var (first, second) = (glued.Text[..cut], glued.Text[cut..]);
            // Nobody prints 05, and 00 is two zeros only if each is one of them.
            if ((first.Length > 1 && first[0] == '0') || (second.Length > 1 && second[0] == '0'))
                continue;
            yield return (glued with { Text = first, Printed = glued.Text }, glued with { Text = second, Printed = glued.Text });
        }
    }

    private static bool IsDigits(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);
}
