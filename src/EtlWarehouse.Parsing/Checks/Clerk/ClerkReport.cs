using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.Parsing.Checks.Clerk;

/// <summary>How much a finding weighs, the heaviest first.</summary>
public enum ClerkWeight
{
    /// <summary>错误: the report contradicts itself or the form.</summary>
    Error,

    /// <summary>疑点: probably wrong; the clerk has to look.</summary>
    Doubt,

    /// <summary>提示: right perhaps, and good to know.</summary>
    Hint,
}

/// <summary>One thing a clerk should look at before the report is published. All texts are Chinese.</summary>
/// <param name="Code">A stable name, e.g. <c>check.failed</c>.</param>
/// <param name="Place">In the words of the form, e.g. <c>表三 自然人列</c>.</param>
/// <param name="Locator">Where in the file, as in the reading; null where it is the whole report.</param>
/// <param name="Problem">What is wrong, with the numbers.</param>
/// <param name="LikelyFault">What the cause is likely to be; null where nothing tells.</param>
/// <param name="Remedy">What to do.</param>
public sealed record ClerkFinding(
    ClerkWeight Weight, string Code, string Place, string? Locator, string Problem, string? LikelyFault, string Remedy)
{
    /// <summary>Where in the file, in words; null where counting would not help to find it.</summary>
    public string? Position => PlaceWords.Of(Locator);
}

/// <summary>What the check of one report gives, for terminal, page and program alike.</summary>
/// <param name="Findings">By weight, then in the order of the report.</param>
public sealed record ClerkReport(ParsedReport Report, IReadOnlyList<ClerkFinding> Findings)
{
    /// <summary>Whether nothing is wrong or doubtful; hints do not count.</summary>
    public bool IsClean => Findings.All(finding => finding.Weight == ClerkWeight.Hint);

    public int Count(ClerkWeight weight) => Findings.Count(finding => finding.Weight == weight);

    public int Count(CheckStatus status) => Report.Checks.Count(check => check.Status == status);

    /// <exception cref="ArgumentException">The reading is a refusal.</exception>
    public static ClerkReport Of(ReferenceData reference, ReadResult result)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(result);
        if (result.Report is not { } report)
            throw new ArgumentException("expected a report, found a refusal", nameof(result));
        var words = new FormWords(reference.Forms.Single(form => form.Code == report.Identity.Form));
        var faults = LikelyFaults.Of(words.Form, report);
        return new ClerkReport(report,
        [
            .. new[]
            {
                IdentityFindings.Of(words, result),
                EquationFindings.Of(words, report, faults),
                CellFindings.Of(words, report),
                RowFindings.Of(words, result),
                NarrativeFindings.Of(words, report, faults),
                PlausibleFindings.Of(words, report),
                SectionFindings.Of(words, report),
            }.SelectMany(findings => findings).OrderBy(finding => finding.Weight),
        ]);
    }
}
