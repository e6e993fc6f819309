using EtlWarehouse.Parsing.Forms;

namespace EtlWarehouse.Parsing.Checks.Clerk;

/// <summary>Failed equations that one wrong cell explains.</summary>
/// <param name="Cell">Null where nothing tells which cell it is.</param>
/// <param name="Value">What the cell would have to be; null where <paramref name="Cell"/> is.</param>
internal sealed record LikelyFault(IReadOnlyList<FormCheck> Checks, string? Cell, decimal? Value);

/// <summary>
/// A wrong cell breaks every equation it stands in and no other. Where exactly one cell stands in all of several failed
/// equations and in no equation that holds, and one number would mend them all, that cell is the likely fault.
/// </summary>
internal static class LikelyFaults
{
    public static IReadOnlyList<LikelyFault> Of(FormDefinition form, ParsedReport report)
    {
        var results = report.Checks.ToDictionary(check => check.Id);
        var values = report.Cells.Where(cell => cell.Value is not null).ToDictionary(cell => cell.Code, cell => cell.Value!.Value);
        var checks = Judged(form, report);
        var failed = checks.Where(check => results[check.Id].Status == CheckStatus.Fail).ToList();
        var suspects = values.Keys
            .Select(cell => Suspect(cell, values[cell], checks, results))
            .OfType<LikelyFault>()
            .OrderByDescending(fault => fault.Checks.Count)
            .ToList();

        var faults = new List<LikelyFault>();
        while (failed.Count > 0)
        {
            var best = suspects.Find(fault => fault.Checks.All(failed.Contains));
            if (best is null || suspects.Any(other => other != best && other.Checks.All(failed.Contains) && other.Checks.Count == best.Checks.Count && other.Checks.Intersect(best.Checks).Any()))
            {
                // Several cells would explain it as well: the equation is told by itself.
                faults.Add(new LikelyFault([failed[0]], null, null));
                failed.RemoveAt(0);
                continue;
            }

            faults.Add(best);
            failed.RemoveAll(best.Checks.Contains);
        }

        return faults;
    }

    /// <summary>The equations with the terms that were added up: an optional row in place of those it stands for.</summary>
    private static List<FormCheck> Judged(FormDefinition form, ParsedReport report)
    {
        var judged = report.Checks.Select(check => check.Id).ToHashSet();
        var codes = report.Cells.Select(cell => cell.Code).ToHashSet();
        var optional = form.OptionalCells.Where(cell => codes.Contains(cell.Code)).ToList();
        return
        [
            .. form.Checks.Concat(form.OptionalChecks).Where(check => judged.Contains(check.Id)).Select(check => check with
            {
                Left = Reconciliation.Terms(check.Left, optional),
                Right = Reconciliation.Terms(check.Right, optional),
            }),
        ];
    }

    private static LikelyFault? Suspect(
        string cell, decimal value, IReadOnlyList<FormCheck> all, Dictionary<string, CheckResult> results)
    {
        var checks = all
            .Where(check => (check.Left.Contains(cell) || check.Right.Contains(cell)) && results[check.Id].Status != CheckStatus.NotAssessable)
            .ToList();
        if (checks.Count < 2 || checks.Exists(check => results[check.Id].Status == CheckStatus.Pass))
            return null;
        var needed = checks.ConvertAll(check => value + (check.Left.Contains(cell) ? 1 : -1) * (results[check.Id].Right!.Value - results[check.Id].Left!.Value));
        return needed.Distinct().Count() == 1 && needed[0] >= 0 ? new LikelyFault(checks, cell, needed[0]) : null;
    }
}
