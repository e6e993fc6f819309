namespace EtlWarehouse.Crawling.Journal;

/// <summary>What PostgreSQL can hold of texts that come from outside.</summary>
internal static class DatabaseText
{
    /// <summary>Without NUL, which no text column takes.</summary>
    public static string Storable(string text) => text.Replace("\0", "", StringComparison.Ordinal);

    /// <summary>The outcome as the tables spell it.</summary>
    public static string Word(this CrawlOutcome outcome) => outcome switch
    {
        CrawlOutcome.Complete => "complete",
        CrawlOutcome.Partial => "partial",
        _ => "failed",
    };
}
