using EtlWarehouse.Parsing;

namespace EtlWarehouse.Crawling.Archive;

/// <summary>
/// That an address began to give these bytes, with everything known from outside that reading them needs.
/// Written once per (<paramref name="Sha256"/>, <paramref name="Url"/>), and again whenever the address gives them anew
/// after others; never changed: the warehouse can be rebuilt from captures and bodies alone.
/// </summary>
/// <param name="Sha256">Of the body, in lower-case hexadecimal.</param>
/// <param name="Url">As listed by the site, the same on every run; a file's address for imports.</param>
/// <param name="Pipeline">Name of the pipeline.</param>
/// <param name="PipelineHash">Key of the pipeline as it then was, see <see cref="PipelineArchive"/>.</param>
/// <param name="FirstSeenAt">UTC, whole microseconds.</param>
/// <param name="MediaType">As the server declared it; null where it did not.</param>
/// <param name="Charset">As the server declared it; null where it did not.</param>
/// <param name="FileName">The name the site gives an attachment, or the last part of the address.</param>
/// <param name="PageUrl">The page that linked an attachment; null for the page itself.</param>
/// <param name="DivisionCode">Six digits: the division whose site it is.</param>
/// <param name="AgencyName">The only agency of the site, if it has only one.</param>
/// <param name="AgencyKind">Its kind, if it has only one.</param>
/// <param name="Headers">The response headers worth keeping, names in lower case.</param>
public sealed record Capture(
    string Sha256,
    string Url,
    string Pipeline,
    string PipelineHash,
    string SiteCode,
    DateTimeOffset FirstSeenAt,
    string? MediaType,
    string? Charset,
    string? FileName,
    string? ListTitle,
    DateOnly? ListDate,
    string? PageUrl,
    string? DivisionCode,
    string? AgencyName,
    string? AgencyKind,
    IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>What a reader of reports takes.</summary>
    /// <param name="hosts">Those that the pipeline names; null where it names none.</param>
    public SourceDocument ToSource(ReadOnlyMemory<byte> body, IReadOnlyCollection<string>? hosts = null) => new(
        body, Url, MediaType, Charset,
        new PlaceHint(DivisionCode, AgencyName, AgencyKind, ListDate) { ListTitle = ListTitle, PageUrl = PageUrl, Hosts = hosts });

    /// <summary>The precision that both the archive and the database keep.</summary>
    public static DateTimeOffset WholeMicroseconds(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
