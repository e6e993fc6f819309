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
        var optional = form.OptionalCells.Where(cell => own.ContainsKey(cell.Code) || known.ContainsKey(cell.Code)).ToList();
        var judged = 0;
        foreach (var check in own.Keys.SelectMany(code => checksOf[code].Concat(stoodFor[code].SelectMany(item => checksOf[item]))).Distinct())
        {
            if (Sum(check.Left, optional, own, known) is not { } left || Sum(check.Right, optional, own, known) is not { } right)
                continue;
            if (left != right)
                return new Verdict(judged + 1, Holds: false);
            judged++;
        }

        return new Verdict(judged, Holds: true);
    }

    private static decimal? Sum(
        IReadOnlyList<string> side, IReadOnlyList<FormCell> optional, IReadOnlyDictionary<string, decimal?> own, IReadOnlyDictionary<string, decimal> known)
    {
        var sum = 0m;
        foreach (var code in Reconciliation.Terms(side, optional))
        {
            var value = own.TryGetValue(code, out var assigned) ? assigned : known.TryGetValue(code, out var read) ? read : null;
            if (value is null)
                return null;
            sum += value.Value;
        }

        return sum;
    }
}
