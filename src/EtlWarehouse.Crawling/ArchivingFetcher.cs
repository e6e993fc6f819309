using EtlWarehouse.Crawling.Archive;
using EtlWarehouse.Crawling.Fetching;
using EtlWarehouse.Crawling.Journal;
using EtlWarehouse.Crawling.Robots;

namespace EtlWarehouse.Crawling;

/// <summary>An answer whose body stands in the archive.</summary>
/// <param name="Headers">Empty when the server said that nothing changed.</param>
internal sealed record ArchivedAnswer(KnownAnswer Known, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    public Uri FinalUrl(FetchRequest request) => Known.FinalUrl is null ? request.Url : new Uri(Known.FinalUrl);
}

/// <summary>Fetches for one site: conditionally where the archive has the last answer, and keeps every body and every fate.</summary>
/// <param name="journal">Null where nothing is to be told to the database.</param>
internal sealed class ArchivingFetcher(
    SiteClient client, RobotsGate robots, DocumentArchive archive, CrawlJournal? journal, string siteCode, IReadOnlyDictionary<string, KnownAnswer> known)
{
    public async Task<(ArchivedAnswer? Answer, FetchFault? Fault)> FetchAsync(FetchRequest request, FetchPurpose purpose, CancellationToken cancellation)
    {
        var last = known.GetValueOrDefault(request.Key);
        var lastBody = last is null ? null : ReadIfWhole(last.Sha256);
        var result = await client.FetchAsync(
            request, lastBody is null ? Validators.None : last!.Validators, robots.CheckAsync, cancellation).ConfigureAwait(false);

        if (result.Status == FetchStatus.NotModified && lastBody is null)
        {
            result = result with
            {
                Status = FetchStatus.Failed,
                Fault = new FetchFault("http.304", $"{request.Url}: expected a document, found status 304 to an unconditional request"),
            };
        }

        var answer = result.Status switch
        {
            FetchStatus.NotModified => new ArchivedAnswer(last!, lastBody!, new Dictionary<string, string>()),
            FetchStatus.Fetched => Keep(request, result.Response!),
            _ => null,
        };
        var isUnchanged = answer is not null && answer.Known.Sha256 == last?.Sha256;
        if (journal is not null)
            await journal.RecordFetchAsync(siteCode, request, purpose, result, answer?.Known, isUnchanged, cancellation).ConfigureAwait(false);
        return (answer, result.Fault);
    }

    /// <summary>A body that is gone or damaged is fetched again as if it had never been there.</summary>
    private byte[]? ReadIfWhole(string sha256)
    {
        try
        {
            return archive.Bodies.Read(sha256);
        }
        catch (ArchiveException exception) when (exception.Fault is ArchiveFault.Missing or ArchiveFault.Corrupt)
        {
            return null;
        }
    }

    private ArchivedAnswer Keep(FetchRequest request, FetchedResponse response)
    {
        var sha256 = archive.Bodies.Add(response.Body);
        var answer = new KnownAnswer(
            request.Key, sha256, response.Body.Length, response.MediaType, response.Charset, response.FinalUrl.AbsoluteUri,
            response.Validators.ETag, response.Validators.LastModified?.UtcDateTime);
        return new ArchivedAnswer(answer, response.Body, response.Headers);
    }
}
