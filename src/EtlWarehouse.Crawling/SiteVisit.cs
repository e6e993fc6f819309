namespace EtlWarehouse.Crawling;

/// <summary>How a visit or a run ended.</summary>
public enum CrawlOutcome
{
    /// <summary>It is proven that nothing is missing.</summary>
    Complete,

    /// <summary>Something is missing, and the reasons name it.</summary>
    Partial,

    /// <summary>Nothing could be listed.</summary>
    Failed,
}

/// <summary>Why something is not complete.</summary>
/// <param name="Code">A stable name, e.g. <c>list.total</c>, <c>document.failed</c>, <c>expect.reports</c>.</param>
/// <param name="Message">Where, what was expected, what was found.</param>
public sealed record CrawlReason(string Code, string Message)
{
    public override string ToString() => $"{Code}: {Message}";
}

/// <summary>What one visit of one site gave.</summary>
/// <param name="Listed">Distinct items in the lists.</param>
/// <param name="Reports">Of these, taken as annual reports.</param>
/// <param name="Skipped">Of these, no annual reports, by their title.</param>
/// <param name="Fetched">Documents whose bytes were not in the archive for their address.</param>
/// <param name="Unchanged">Documents that are as they were.</param>
/// <param name="Failed">Documents that could not be fetched.</param>
public sealed record SiteVisit(
    string SiteCode,
    CrawlOutcome Outcome,
    IReadOnlyList<CrawlReason> Reasons,
    int Listed,
    int Reports,
    int Skipped,
    int Fetched,
    int Unchanged,
    int Failed)
{
    /// <summary>Addresses of reports that were listed on an earlier visit and are not any more; what was captured of them stays.</summary>
    public IReadOnlyList<string> Vanished { get; init; } = [];

    /// <summary>Captures added to the archive.</summary>
    public int Captures => Fetched;
}

/// <summary>How far a visit is.</summary>
/// <param name="Reports">Reports listed; 0 while the lists are read.</param>
/// <param name="Done">Reports whose fate is known.</param>
public sealed record CrawlProgress(string SiteCode, int Reports, int Done);
