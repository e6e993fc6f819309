namespace EtlWarehouse.Parsing;

/// <summary>What one report says, with the place of everything it says.</summary>
/// <param name="Cells">Every cell of the form, in the form's order; cells the document lacks are <see cref="CellState.Missing"/>.</param>
/// <param name="Checks">Every reconciliation equation of the form.</param>
/// <param name="Sections">The prose of the report by section, in document order.</param>
public sealed record ParsedReport(
    ReportIdentity Identity,
    IReadOnlyList<CellReading> Cells,
    IReadOnlyList<CheckResult> Checks,
    IReadOnlyList<NarrativeReading> Narrative,
    IReadOnlyList<ReportSection> Sections);

/// <summary>Whose report on which year it is.</summary>
/// <param name="Title">As printed, line breaks removed.</param>
/// <param name="Agency">The agency's name as printed in the title, blanks removed; null where the title has none.</param>
/// <param name="AgencyBody">The name without its place, e.g. <c>司法局</c>, with ～ where the place stands inside; the same body in the same place is the same agency.</param>
/// <param name="DivisionCode">Six digits of GB/T 2260 in force on December 31 of <paramref name="Year"/>; null where the place is unknown or ambiguous.</param>
/// <param name="AgencyKind">Code of the peer group, e.g. <c>justice</c>; null where no kind fits.</param>
/// <param name="Year">The reporting year, not the year of publication.</param>
/// <param name="Form">The official form, e.g. <c>2021</c>.</param>
/// <param name="Published">The date printed by the page or under the signature.</param>
public sealed record ReportIdentity(
    string Title,
    string? Agency,
    string? AgencyBody,
    string? DivisionCode,
    string? AgencyKind,
    int Year,
    string Form,
    DateOnly? Published)
{
    /// <summary>Why a person has to say whose report on which year it is, e.g. <c>division.ambiguous</c>; null where that is certain.</summary>
    public string? Review { get; init; }
}

/// <summary>One place that says whose report on which year a document is.</summary>
/// <param name="Code">The place: <c>title</c>, <c>list.title</c>, <c>meta.title</c>, <c>meta.source</c>, <c>meta.site</c>, <c>meta.date</c>,
/// <c>publisher</c>, <c>signature</c>, <c>period</c>, <c>prose</c>, <c>url.date</c>, <c>list.date</c>, <c>host</c>, <c>site</c> or <c>settled</c>.</param>
/// <param name="Said">As printed.</param>
/// <param name="Agency">The agency's name in it, blanks removed; null where it names none.</param>
/// <param name="DivisionCode">The division it stands for at the end of the reporting year; null where that is open.</param>
/// <param name="Year">The reporting year it stands for; of a date the year before.</param>
/// <param name="Agrees">Whether what the document was taken for agrees with it; null where the two cannot be compared.</param>
public sealed record IdentityWitness(
    string Code, string Said, string? Agency = null, string? DivisionCode = null, int? Year = null, bool? Agrees = null);

/// <summary>What stands in one cell of the form.</summary>
public enum CellState
{
    /// <summary>A number is printed, zero too. The only state that has a value.</summary>
    Reported,

    /// <summary>The cell is there and empty.</summary>
    Blank,

    /// <summary>A dash or slash is printed.</summary>
    NotApplicable,

    /// <summary>Something is printed that is no number, or that cannot be placed with certainty.</summary>
    Unreadable,

    /// <summary>The form has the cell, the document does not.</summary>
    Missing,
}

/// <summary>One cell of the form as one document prints it.</summary>
/// <param name="Code"><c>&lt;row&gt;/&lt;column&gt;</c> of the form.</param>
/// <param name="Value">In the form's unit; null unless <see cref="CellState.Reported"/>.</param>
/// <param name="Raw">The text as printed; null where nothing is printed.</param>
/// <param name="Locator">Where it is printed, e.g. <c>table[2]/r4c9</c> or <c>line[118]/v3</c>, counted from 1.</param>
/// <param name="Repair">What the reader did beyond the plain reading, e.g. <c>label.displaced</c>; several are joined by <c>+</c>.</param>
public sealed record CellReading(
    string Code, decimal? Value, CellState State, string? Raw = null, string? Locator = null, string? Repair = null);

public enum CheckStatus
{
    Pass,
    Fail,

    /// <summary>A cell of the equation has no value.</summary>
    NotAssessable,
}

/// <summary>Where the fault of an equation that does not hold is likely to lie.</summary>
public enum LikelyOrigin
{
    /// <summary>The document: every cell of the equation was read plainly from a table with borders.</summary>
    Source,

    /// <summary>The reading: a cell of the equation was placed by inference.</summary>
    Reader,

    /// <summary>Neither can be told, as in text that lost the borders of its tables.</summary>
    Unclear,
}

/// <summary>One reconciliation equation of the form, judged on one report.</summary>
/// <param name="Left">Sum of the left side; null unless the equation could be judged.</param>
/// <param name="Right">Sum of the right side; null unless the equation could be judged.</param>
/// <param name="Fault">Null unless the equation fails.</param>
public sealed record CheckResult(string Id, CheckStatus Status, decimal? Left, decimal? Right, LikelyOrigin? Fault = null);

/// <summary>A number stated in the prose, against the cells that say the same.</summary>
/// <param name="Text">The words that state it, as printed.</param>
/// <param name="Agrees">Whether the cells say the same; null where they cannot be compared.</param>
/// <param name="Table">What the cells say; for <c>sum.parts</c> what the parts add up to; null where there is nothing to compare with.</param>
/// <param name="Reason">Why it cannot be compared, e.g. <c>approximate</c>; null where it can.</param>
public sealed record NarrativeReading(
    string Measure, decimal? Value, string Text, string Locator, bool? Agrees, decimal? Table = null, string? Reason = null)
{
    /// <summary>The measure that compares a sum in the prose with the parts it is taken into.</summary>
    public const string SumOfParts = "sum.parts";
}

/// <summary>The prose of one section.</summary>
/// <param name="Code">Code of the form's section, e.g. <c>overview</c>.</param>
/// <param name="Title">The heading as printed.</param>
public sealed record ReportSection(string Code, string Title, string Text, string Locator)
{
    /// <summary>Where each line of <see cref="Text"/> stands; empty where only the heading's place is known.</summary>
    public IReadOnlyList<string> LineLocators { get; init; } = [];
}

public enum Severity
{
    Info,
    Warning,
    Error,
}

/// <summary>Something a person may want to know about a document.</summary>
/// <param name="Code">A stable name, e.g. <c>label.displaced</c>.</param>
/// <param name="Message">Where, what was expected, what was found; one line.</param>
/// <param name="Subject">Code of the row or cell it is about; null where it is about none.</param>
/// <param name="Printed">The words in question as printed, e.g. a row's label; null where they are not known.</param>
public sealed record Finding(
    Severity Severity, string Code, string Message, string? Locator = null, string? Subject = null, string? Printed = null);
