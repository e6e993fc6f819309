using EtlWarehouse.Parsing.Forms;

namespace EtlWarehouse.Parsing.Checks;

/// <summary>Judges the form's equations. It never changes a value and never takes a blank for zero.</summary>
public static class Reconciliation
{
    // These concern the words beside a number, or its unit, and not its place.
    private static readonly HashSet<string> Harmless = ["label.variant", "label.displaced", "label.joined", "unit.converted"];

    /// <param name="readings">By cell code; a cell that is absent makes its equations not assessable.</param>
    public static IReadOnlyList<CheckResult> Check(FormDefinition form, IReadOnlyDictionary<string, CellReading> readings)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(readings);
        var optional = form.OptionalCells.Where(cell => readings.ContainsKey(cell.Code)).ToList();
        var checks = form.Checks.Concat(form.OptionalChecks.Where(check => check.Left.Concat(check.Right).All(readings.ContainsKey)));
        return
        [
            .. checks.Select(check =>
            {
                var (terms, others) = (Terms(check.Left, optional), Terms(check.Right, optional));
                var (left, right) = (Sum(terms, readings), Sum(others, readings));
                if (left is null || right is null)
                    return new CheckResult(check.Id, CheckStatus.NotAssessable, null, null);
                return left == right
                    ? new CheckResult(check.Id, CheckStatus.Pass, left, right)
                    : new CheckResult(check.Id, CheckStatus.Fail, left, right, Fault(terms.Concat(others).Select(code => readings[code]).ToList()));
            }),
        ];
    }

    /// <summary>The cells that one side of an equation adds up: an optional cell that is printed counts in place of those it stands for.</summary>
    /// <param name="side">Cell codes as the form's equation names them.</param>
    /// <param name="printed">The optional cells that the report has.</param>
    public static IReadOnlyList<string> Terms(IReadOnlyList<string> side, IReadOnlyList<FormCell> printed)
    {
        ArgumentNullException.ThrowIfNull(side);
        ArgumentNullException.ThrowIfNull(printed);
        foreach (var cell in printed.Where(cell => cell.Replaces.All(side.Contains)))
            side = [.. side.Where(code => !cell.Replaces.Contains(code)), cell.Code];
        return side;
    }

    /// <summary>Values that were moved, put together or taken apart may be the reader's; plain ones are the document's.</summary>
    private static LikelyOrigin Fault(List<CellReading> cells)
    {
        if (cells.Exists(cell => cell.Repair?.Split('+').Any(repair => !Harmless.Contains(repair)) == true))
            return LikelyOrigin.Reader;
        return cells.Exists(cell => cell.Locator is null || cell.Locator.Contains("/v", StringComparison.Ordinal)) ? LikelyOrigin.Unclear : LikelyOrigin.Source;
    }

    private static decimal? Sum(IReadOnlyList<string> codes, IReadOnlyDictionary<string, CellReading> readings)
    {
        var sum = 0m;
        foreach (var code in codes)
        {
            if (!readings.TryGetValue(code, out var reading) || reading.Value is not { } value)
                return null;
            sum += value;
        }

        return sum;
    }
}
