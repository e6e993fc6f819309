using EtlWarehouse.Parsing.Forms;

namespace EtlWarehouse.Parsing.Checks;

/// <summary>Judges the form's equations. It never changes a value and never takes a blank for zero.</summary>
public static class Reconciliation
{
    /// <param name="readings">By cell code; a cell that is absent makes its equations not assessable.</param>
    public static IReadOnlyList<CheckResult> Check(FormDefinition form, IReadOnlyDictionary<string, CellReading> readings)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(readings);
        return
        [
            .. form.Checks.Select(check =>
            {
                var left = Sum(check.Left, readings);
                var right = Sum(check.Right, readings);
                if (left is null || right is null)
                    return new CheckResult(check.Id, CheckStatus.NotAssessable, null, null);
                return new CheckResult(check.Id, left == right ? CheckStatus.Pass : CheckStatus.Fail, left, right);
            }),
        ];
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
