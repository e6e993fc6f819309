using EtlWarehouse.Crawling.Archive;
using EtlWarehouse.Crawling.Discovery;
using EtlWarehouse.Crawling.Fetching;
using EtlWarehouse.Crawling.Journal;
using EtlWarehouse.Crawling.Pipelines;
using EtlWarehouse.Crawling.Robots;

namespace EtlWarehouse.Crawling;

/// <summary>An answer whose body stands in the archive.</summary>
/// <param name="Headers">Empty when the server said that nothing changed, or was not asked again.</param>
internal sealed record ArchivedAnswer(KnownAnswer Known, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    public Uri FinalUrl(FetchRequest request) => Known.FinalUrl is null ? request.Url : new Uri(Known.FinalUrl);
}

/// <summary>
/// Fetches for one site: not what the archive has and nobody needs anew, conditionally where the archive has the last
/// answer; keeps every body and every fate.
/// </summary>
/// <param name="record">Where fates are told; null where nothing is to be kept of them.</param>
internal sealed class ArchivingFetcher(
    CrawlPipeline pipeline, string siteCode, SiteClient client, RobotsGate robots, DocumentArchive archive,
    (FetchLog Log, CrawlJournal Journal)? record, SiteStanding standing, TimeProvider time)
{
    /// <summary>When lines of the lists last became others, by address.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> ListChanges { get; set; } = new Dictionary<string, DateTimeOffset>();

    /// <param name="item">The line that leads to the document; null for lists, which are always asked: pages of a list that
    /// were read at different times may miss what moved from one to the other between them.</param>
    /// <param name="judge">Says why an answer is not what was asked for; null takes every one.</param>
    public async Task<(ArchivedAnswer? Answer, FetchFault? Fault)> FetchAsync(
        FetchRequest request, FetchPurpose purpose, ListItem? item, Func<ArchivedAnswer, FetchFault?>? judge, CancellationToken cancellation)
    {
        if (item is not null && standing.FaultOfThisNight(request) is { } refused)
            return (null, refused);
        var last = standing.Known(request);
        var lastBody = last is null ? null : ReadIfWhole(last.Sha256);
        if (item is not null && lastBody is not null && !IsDue(last!, item))
            return (new ArchivedAnswer(last!, lastBody, new Dictionary<string, string>()), null);

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
        // What stands in for a document must not become the answer that later ones are compared with.
        if (answer is not null && judge?.Invoke(answer) is { } other)
        {
            result = result with { Status = FetchStatus.Failed, Fault = other };
            answer = null;
        }

        await RecordAsync(request, purpose, result, answer?.Known, last, cancellation).ConfigureAwait(false);
        return (answer, result.Fault);
    }

    private bool IsDue(KnownAnswer last, ListItem item) => RevisitPolicy.IsDue(
        pipeline, last, item.Date,
        ListChanges.TryGetValue(item.Url.AbsoluteUri, out var changedAt) ? changedAt : null,
        time.GetUtcNow());

    /// <summary>First the archive, then the tables that mirror it.</summary>
    private async Task RecordAsync(
        FetchRequest request, FetchPurpose purpose, FetchResult result, KnownAnswer? answer, KnownAnswer? last, CancellationToken cancellation)
    {
        // Of a host that is not to be asked, the fetch that met the wall tells; the others were none.
        if (record is not { } kept || result is { Hops.Count: 0, Fault.Reach: not FaultReach.Request })
            return;

        var line = new FetchRecord(
            Capture.WholeMicroseconds(time.GetUtcNow()), pipeline.Name, siteCode,
            purpose switch { FetchPurpose.List => "list", FetchPurpose.Page => "page", _ => "attachment" },
            request.Key,
            answer is null ? "failed" : answer.Sha256 == last?.Sha256 ? "unchanged" : "fetched",
            answer?.Sha256, answer?.MediaType,
            answer is null ? result.Fault!.Code : null, answer is null ? result.Fault!.Message : null,
            result.Hops);
        await kept.Log.AddAsync(line, cancellation).ConfigureAwait(false);
        await kept.Journal.RecordFetchAsync(line, result, answer, cancellation).ConfigureAwait(false);
        if (result.Fault is { Reach: FaultReach.Night } wall)
            await kept.Journal.CloseHostAsync(wall, CrawlNight.Of(time.GetUtcNow(), pipeline.Zone), cancellation).ConfigureAwait(false);
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
