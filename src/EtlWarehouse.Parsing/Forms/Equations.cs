using EtlWarehouse.Parsing.Checks;

namespace EtlWarehouse.Parsing.Forms;

/// <summary>What the form's equations say about values that are not certain yet.</summary>
/// <param name="Judged">How many of the equations could be judged.</param>
internal readonly record struct Verdict(int Judged, bool Holds);

/// <summary>Judges rows by the equations in which their cells stand, all other cells being as they are read.</summary>
internal sealed class Equations(FormDefinition form)
{
    private readonly ILookup<string, FormCheck> checksOf = form.Checks.Concat(form.OptionalChecks)
        .SelectMany(check => check.Left.Concat(check.Right).Select(code => (code, check)))
        .ToLookup(pair => pair.code, pair => pair.check);

    // An item of a row that may be printed undivided: its equations are that row's too.
    private readonly ILookup<string, string> stoodFor = form.OptionalCells
        .SelectMany(cell => cell.Replaces.Select(code => (cell.Code, code)))
        .ToLookup(pair => pair.Item1, pair => pair.code);

    /// <param name="own">The values in question by cell code; null for a cell that has none.</param>
    /// <param name="known">All other values.</param>
    /// <returns>Whether none of the equations that can be judged is broken.</returns>
    public Verdict Judge(IReadOnlyDictionary<string, decimal?> own, IReadOnlyDictionary<string, decimal> known)
    {
        var optional = Optional(own, known);
        var judged = 0;
        foreach (var check in ChecksOf(own.Keys))
        {
            if (Known(check.Left, optional, own, known) is not (var left, true) || Known(check.Right, optional, own, known) is not (var right, true))
                continue;
            if (left != right)
                return new Verdict(judged + 1, Holds: false);
            judged++;
        }

        return new Verdict(judged, Holds: true);
    }

    /// <summary>What the equations say about a cell that is the only unknown one in them, each value once.</summary>
    /// <param name="hole">The cell's code.</param>
    /// <inheritdoc cref="Judge" path="/param"/>
    public IReadOnlyList<decimal> Implied(string hole, IReadOnlyDictionary<string, decimal?> own, IReadOnlyDictionary<string, decimal> known)
    {
        var filled = new Dictionary<string, decimal?>(own) { [hole] = 0 };
        var optional = Optional(filled, known);
        return
        [
            .. ChecksOf([hole])
                .Where(check => check.Left.Contains(hole) != check.Right.Contains(hole))
                .Select(check => (Left: Known(check.Left, optional, filled, known), Right: Known(check.Right, optional, filled, known), IsLeft: check.Left.Contains(hole)))
                .Where(sums => sums is { Left.IsWhole: true, Right.IsWhole: true })
                .Select(sums => sums.IsLeft ? sums.Right.Sum - sums.Left.Sum : sums.Left.Sum - sums.Right.Sum)
                .Distinct(),
        ];
    }

    /// <summary>Whether an equation says that the cell is the sum of others among <paramref name="codes"/>.</summary>
    public bool IsSum(string total, IReadOnlyList<string> codes) =>
        checksOf[total].Any(check => check.Right is [var right] && right == total && check.Left.All(codes.Contains));

    /// <summary>
    /// Whether values cannot be, whatever the unknown ones are: counts are not negative, so that parts of which some are
    /// unknown are no more than their sum.
    /// </summary>
    /// <inheritdoc cref="Judge" path="/param"/>
    public bool Contradict(IReadOnlyDictionary<string, decimal?> own, IReadOnlyDictionary<string, decimal> known)
    {
        var optional = Optional(own, known);
        foreach (var check in ChecksOf(own.Keys))
        {
            var (left, isLeftWhole) = Known(check.Left, optional, own, known);
            var (right, isRightWhole) = Known(check.Right, optional, own, known);
            if ((isRightWhole && left > right) || (isLeftWhole && right > left))
                return true;
        }

        return false;
    }

    private List<FormCell> Optional(IReadOnlyDictionary<string, decimal?> own, IReadOnlyDictionary<string, decimal> known) =>
        [.. form.OptionalCells.Where(cell => own.ContainsKey(cell.Code) || known.ContainsKey(cell.Code))];

    private IEnumerable<FormCheck> ChecksOf(IEnumerable<string> codes) =>
        codes.SelectMany(code => checksOf[code].Concat(stoodFor[code].SelectMany(item => checksOf[item]))).Distinct();

    /// <summary>The sum of what is known of one side, and whether all of it is.</summary>
    private static (decimal Sum, bool IsWhole) Known(
        IReadOnlyList<string> side, IReadOnlyList<FormCell> optional, IReadOnlyDictionary<string, decimal?> own, IReadOnlyDictionary<string, decimal> known)
    {
        var (sum, isWhole) = (0m, true);
        foreach (var code in Reconciliation.Terms(side, optional))
        {
            var value = own.TryGetValue(code, out var assigned) ? assigned : known.TryGetValue(code, out var read) ? read : null;
            sum += value ?? 0;
            isWhole &= value is not null;
        }

        return (sum, isWhole);
    }
}
