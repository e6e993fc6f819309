using EtlWarehouse.Parsing;

namespace EtlWarehouse.Loading.Staging;

/// <summary>One captured document and what the reader made of it.</summary>
/// <param name="Sha256">Of the archived bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Url">Where it was captured.</param>
/// <param name="FirstSeenAt">When it was captured there first.</param>
/// <param name="Pipeline">Name of the pipeline; null for files imported from disk.</param>
/// <param name="SiteCode">Site within the pipeline; null for files imported from disk.</param>
public sealed record StagedDocument(
    string Sha256, string Url, DateTimeOffset FirstSeenAt, string? Pipeline, string? SiteCode, ReadResult Result);

/// <summary>What one batch did.</summary>
/// <param name="Staged">Documents that are new or read otherwise than before.</param>
/// <param name="Unchanged">Documents that stood already as they are.</param>
public sealed record StagingResult(int Staged, int Unchanged);
