namespace EtlWarehouse.Parsing;

/// <summary>Which of the documents in one archive is its report.</summary>
internal static class ContainedReports
{
    /// <summary>
    /// The only report, or the fullest of several renditions of the same one. Renditions that print different numbers, and
    /// reports of different agencies or years, are refused: nothing tells which was meant.
    /// </summary>
    /// <param name="readings">At least one.</param>
    public static ReadResult Choose(IReadOnlyList<ReadResult> readings)
    {
        var reports = readings.Where(reading => reading.Report is not null).ToList();
        if (reports.Count == 0)
            return readings.FirstOrDefault(reading => reading.Refusal!.Code != "report.not_found") ?? readings[0];

        var best = reports.MaxBy(Reported)!;
        var identity = best.Report!.Identity;
        foreach (var other in reports.Where(other => other != best))
        {
            if (other.Report!.Identity is var that && (that.Agency != identity.Agency || that.Year != identity.Year))
                return Refused(best, $"expected one report in the archive, found '{identity.Title}' and '{that.Title}'");
            foreach (var (cell, same) in best.Report.Cells.Zip(other.Report.Cells))
            {
                if (cell.Value is not null && same.Value is not null && cell.Code == same.Code && cell.Value != same.Value)
                    return Refused(best, $"expected the same numbers in both renditions, found {cell.Code} {cell.Value} at {cell.Locator} and {same.Value} at {same.Locator}");
            }
        }

        return best;
    }

    private static int Reported(ReadResult reading) => reading.Report!.Cells.Count(cell => cell.State == CellState.Reported);

    private static ReadResult Refused(ReadResult best, string message) =>
        new(best.Document, null, new Refusal("document.several_reports", message), best.Findings);
}
