namespace EtlWarehouse.Crawling.Fetching;

/// <summary>One request as it was sent and the answer's head, for the record. A fetch has several where it was redirected or tried again.</summary>
/// <param name="At">When the request was sent, UTC.</param>
/// <param name="Url">Absolute; addresses with credentials are never asked.</param>
/// <param name="Address">The address and port that the host's newest connection leads to; null where none was made.</param>
/// <param name="Tls"><c>verified</c>, or <c>unverified: …</c> with what was wrong where the pipeline excuses the host; null for http.</param>
/// <param name="Protocol">E.g. <c>HTTP/1.1</c>; null without an answer.</param>
/// <param name="RequestHeaders">Lines such as <c>Accept: text/html</c>.</param>
/// <param name="Form">The form that was posted; null for GET.</param>
/// <param name="Status">Null without an answer.</param>
/// <param name="ResponseHeaders">As received, in order; secrets by their names only.</param>
/// <param name="Fault">Code of what went wrong with this request; null where nothing did.</param>
public sealed record FetchHop(
    DateTimeOffset At,
    string Method,
    string Url,
    string? Address,
    string? Tls,
    string? Protocol,
    IReadOnlyList<string> RequestHeaders,
    string? Form,
    int? Status,
    string? Reason,
    IReadOnlyList<string> ResponseHeaders,
    string? Fault);
