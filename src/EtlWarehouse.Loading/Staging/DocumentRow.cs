using EtlWarehouse.Parsing;

namespace EtlWarehouse.Loading.Staging;

/// <summary>When and where a document was captured; of several captures of the same bytes the least one stands.</summary>
/// <param name="FirstSeenAt">In whole microseconds, as the database keeps it.</param>
internal sealed record Capture(DateTimeOffset FirstSeenAt, string Url) : IComparable<Capture>
{
    public static Capture Of(DateTimeOffset firstSeenAt, string url)
    {
        var utc = firstSeenAt.ToUniversalTime();
        return new Capture(utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMicrosecond)), url);
    }

    public int CompareTo(Capture? other)
    {
        if (other is null)
            return 1;
        var byTime = FirstSeenAt.CompareTo(other.FirstSeenAt);
        return byTime != 0 ? byTime : string.CompareOrdinal(Url, other.Url);
    }
}

/// <summary>One row of <c>stg.document</c> and what hangs on it.</summary>
/// <param name="Layout">Null for a document that is no report.</param>
internal sealed record DocumentRow(
    long Key, StagedDocument Document, Capture Capture, int ReaderVersion, ReadingHashes Hashes, ReadingLayout? Layout)
{
    public ParsedReport? Report => Document.Result.Report;

    /// <exception cref="FormatException">The reading has neither a report nor a refusal, or the hash is none.</exception>
    public static DocumentRow Of(StagedDocument document, int readerVersion)
    {
        var result = document.Result;
        if ((result.Report is null) == (result.Refusal is null))
            throw new FormatException($"{document.Url}: expected either a report or a refusal, found {(result.Report is null ? "neither" : "both")}");

        return new DocumentRow(
            NaturalKey.OfSha256(document.Sha256), document, Capture.Of(document.FirstSeenAt, document.Url), readerVersion,
            ReadingHashes.Of(result), result.Report is null ? null : ReadingLayout.Of(result.Report));
    }
}
