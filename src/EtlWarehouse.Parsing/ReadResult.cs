namespace EtlWarehouse.Parsing;

/// <summary>The bytes of one document and what is known of them from outside.</summary>
/// <param name="Name">File name or address, for messages and as a hint of the format.</param>
/// <param name="MediaType">As the server declared it, e.g. <c>text/html</c>; null where nobody did.</param>
/// <param name="Charset">As the server declared it; null where nobody did.</param>
/// <param name="Place">What the pipeline says about the site.</param>
public sealed record SourceDocument(
    ReadOnlyMemory<byte> Content,
    string Name,
    string? MediaType = null,
    string? Charset = null,
    PlaceHint? Place = null);

/// <summary>Where the site stands; places an agency whose name alone does not.</summary>
/// <param name="DivisionCode">Six digits: the division whose site it is.</param>
/// <param name="AgencyName">Full name of the only agency of that site or list, if it has only one.</param>
/// <param name="AgencyKind">Its kind, if it has only one.</param>
/// <param name="PublishedOn">The date the list printed beside the link, used where the document has none.</param>
public sealed record PlaceHint(
    string? DivisionCode = null, string? AgencyName = null, string? AgencyKind = null, DateOnly? PublishedOn = null)
{
    /// <summary>The title that the list printed; null where it was found in no list.</summary>
    public string? ListTitle { get; init; }

    /// <summary>Address of the page that attaches the document; null for a page itself.</summary>
    public string? PageUrl { get; init; }

    /// <summary>Hosts that the pipeline names, beside which only those of governments are believed; null where none are known, as for files.</summary>
    public IReadOnlyCollection<string>? Hosts { get; init; }
}

/// <param name="Sha256">Of the bytes, in lower-case hexadecimal.</param>
/// <param name="MediaType">As found in the bytes.</param>
/// <param name="Charset">As the bytes were decoded; null for formats that carry their own.</param>
public sealed record DocumentIdentity(string Sha256, string MediaType, string? Charset);

/// <summary>Why a document is not taken as a report.</summary>
/// <param name="Code">A stable name, e.g. <c>document.empty</c>.</param>
/// <param name="Message">What was expected and what was found; one line.</param>
public sealed record Refusal(string Code, string Message);

/// <summary>Either a report or the reason why there is none; the findings stand beside both.</summary>
public sealed record ReadResult(
    DocumentIdentity Document, ParsedReport? Report, Refusal? Refusal, IReadOnlyList<Finding> Findings)
{
    /// <summary>Who said whose report on which year it is; empty without a report.</summary>
    public IReadOnlyList<IdentityWitness> Witnesses { get; init; } = [];
}
