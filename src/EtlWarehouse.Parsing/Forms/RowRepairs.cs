using System.Globalization;

namespace EtlWarehouse.Parsing.Forms;

/// <summary>A row whose label is known and whose numbers are one too many or one too few.</summary>
internal sealed record UnplacedRow(AlignedRow Row, IReadOnlyList<PrintedCell> Numbers);

/// <summary>One way to give a row's numbers to its cells.</summary>
/// <param name="Cells">In the form's order; null where the number is lost.</param>
internal sealed record Assignment(IReadOnlyList<PrintedCell?> Cells, string Repair)
{
    public string Key => string.Join(' ', Cells.Select(cell => cell?.Number.Value?.ToString(CultureInfo.InvariantCulture) ?? "?"));
}

/// <summary>
/// Places rows that have a stranger among their numbers (a page number), one number split in two, two glued together, or one lost.
/// Every assignment is tried against the form's equations; a row is placed only if exactly one satisfies them all.
/// </summary>
internal sealed class RowRepairs(FormDefinition form)
{
    /// <summary>Each pass can make equations of other rows assessable.</summary>
    private const int Passes = 4;

    private readonly ILookup<string, FormCheck> checksOf = form.Checks
        .SelectMany(check => check.Left.Concat(check.Right).Select(code => (code, check)))
        .ToLookup(pair => pair.code, pair => pair.check);

    /// <returns>The rows that could be placed, each with its only assignment; and for the others what was tried.</returns>
    public (IReadOnlyList<(UnplacedRow Row, Assignment Assignment)> Placed, IReadOnlyList<(UnplacedRow Row, IReadOnlyList<Assignment> Candidates)> Undecided) Place(
        IReadOnlyList<UnplacedRow> rows, IReadOnlyDictionary<string, CellReading> readings)
    {
        var values = readings.Where(reading => reading.Value.Value is not null).ToDictionary(reading => reading.Key, reading => reading.Value.Value!.Value);
        var placed = new List<(UnplacedRow, Assignment)>();
        var open = rows.ToList();
        for (var pass = 0; pass < Passes && open.Count > 0; pass++)
        {
            var before = open.Count;
            foreach (var row in open.ToList())
            {
                if (Satisfying(row, values) is not [var only])
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

        return (placed, [.. open.Select(row => (row, Satisfying(row, values)))]);
    }

    private IReadOnlyList<Assignment> Satisfying(UnplacedRow row, Dictionary<string, decimal> values) =>
        [.. Assignments(row).Where(assignment => Satisfies(row, assignment, values)).DistinctBy(assignment => assignment.Key)];

    private static IEnumerable<Assignment> Assignments(UnplacedRow row)
    {
        var (numbers, width) = (row.Numbers, row.Row.Row.Width);
        if (numbers.Count == width + 1)
        {
            for (var stranger = 0; stranger < numbers.Count; stranger++)
                yield return new Assignment([.. numbers.Where((_, index) => index != stranger)], "cell.extra");
            for (var index = 0; index + 1 < numbers.Count; index++)
            {
                if (Joined(numbers[index], numbers[index + 1]) is { } whole)
                    yield return new Assignment([.. numbers.Take(index), whole, .. numbers.Skip(index + 2)], "cell.split");
            }
        }

        if (numbers.Count != width - 1)
            yield break;
        for (var index = 0; index < numbers.Count; index++)
        {
            foreach (var (first, second) in Halves(numbers[index]))
                yield return new Assignment([.. numbers.Take(index), first, second, .. numbers.Skip(index + 1)], "cell.glued");
        }

        for (var lost = 0; lost < width; lost++)
            yield return new Assignment([.. numbers.Take(lost), null, .. numbers.Skip(lost)], "cell.lost");
    }

    private static PrintedCell? Joined(PrintedCell first, PrintedCell second) =>
        first.Text.All(char.IsAsciiDigit) && second.Text.All(char.IsAsciiDigit) && first.Text[0] != '0'
            ? first with { Text = first.Text + second.Text, Printed = first.Locator == second.Locator ? first.Printed : $"{first.Text} {second.Text}" }
            : null;

    private static IEnumerable<(PrintedCell First, PrintedCell Second)> Halves(PrintedCell glued)
    {
        if (!glued.Text.All(char.IsAsciiDigit))
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

    private bool Satisfies(UnplacedRow row, Assignment assignment, Dictionary<string, decimal> values)
    {
        var codes = row.Row.Row.CellCodes();
        var own = codes.Zip(assignment.Cells).ToDictionary(pair => pair.First, pair => pair.Second?.Number.Value);
        var judged = 0;
        foreach (var check in codes.SelectMany(code => checksOf[code]).Distinct())
        {
            if (Sum(check.Left, own, values) is not { } left || Sum(check.Right, own, values) is not { } right)
                continue;
            if (left != right)
                return false;
            judged++;
        }

        // The row's own sum is enough for a whole row; a row with a hole must be held by several columns.
        return judged >= (assignment.Cells.Contains(null) ? 3 : 1);
    }

    private static decimal? Sum(IReadOnlyList<string> codes, Dictionary<string, decimal?> own, Dictionary<string, decimal> values)
    {
        var sum = 0m;
        foreach (var code in codes)
        {
            var value = own.TryGetValue(code, out var assigned) ? assigned : values.TryGetValue(code, out var known) ? known : null;
            if (value is null)
                return null;
            sum += value.Value;
        }

        return sum;
    }
}
