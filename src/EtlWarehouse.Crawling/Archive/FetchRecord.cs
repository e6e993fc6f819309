using EtlWarehouse.Crawling.Fetching;

namespace EtlWarehouse.Crawling.Archive;

/// <summary>What one fetch was and gave, with every request sent for it.</summary>
/// <param name="EndedAt">UTC, whole microseconds.</param>
/// <param name="Request">The address, with the form behind it for a POST.</param>
/// <param name="Purpose"><c>list</c>, <c>page</c> or <c>attachment</c>.</param>
/// <param name="Outcome"><c>fetched</c>, <c>unchanged</c> or <c>failed</c>.</param>
/// <param name="Sha256">Of the body that stands in the archive for the answer; null when it failed.</param>
/// <param name="MediaType">As declared; null where it was not.</param>
public sealed record FetchRecord(
    DateTimeOffset EndedAt,
    string Pipeline,
    string SiteCode,
    string Purpose,
    string Request,
    string Outcome,
    string? Sha256,
    string? MediaType,
    string? FaultCode,
    string? FaultMessage,
    IReadOnlyList<FetchHop> Hops);
