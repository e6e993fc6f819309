using System.Net;
using EtlWarehouse.Crawling.Archive;
using EtlWarehouse.Crawling.Fetching;
using EtlWarehouse.Crawling.Journal;
using EtlWarehouse.Crawling.Pipelines;
using EtlWarehouse.Crawling.Robots;
using Npgsql;

namespace EtlWarehouse.Crawling;

/// <summary>Visits all sites of a pipeline; what goes wrong at one site stays with that site.</summary>
/// <param name="served">Hosts that this program serves itself, with where it does; null for none.</param>
/// <param name="limits">Null for <see cref="FetchLimits.Default"/>.</param>
public sealed class PipelineCrawler(
    CrawlPipeline pipeline, DocumentArchive archive, TimeProvider time,
    IReadOnlyDictionary<string, IPEndPoint>? served = null, FetchLimits? limits = null)
{
    // Sites wait for their hosts nearly all of the time; what limits them is politeness. Each holds what is known of it.
    private const int SitesAtOnce = 256;

    /// <param name="isWanted">Null for all sites.</param>
    /// <returns>One visit a site, in the pipeline's order.</returns>
    /// <exception cref="ArchiveException">The archive cannot even keep the pipeline.</exception>
    /// <exception cref="NpgsqlException">The database cannot be written; what was archived stays, and the next run repairs.</exception>
    public async Task<IReadOnlyList<SiteVisit>> CrawlAsync(
        CrawlRun run, IProgress<CrawlProgress>? progress, CancellationToken cancellation, Func<SiteDefinition, bool>? isWanted = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        var sites = pipeline.Sites.Where(site => isWanted?.Invoke(site) != false).ToList();
        archive.Sweep(time);
        var pipelineHash = archive.Pipelines.Add(pipeline);
        using var journal = new CrawlJournal(run, time);
        using var log = archive.Fetches.Begin(time.GetUtcNow());
        using var client = new SiteClient(pipeline, time, served, limits);
        foreach (var (host, wall) in await journal.ReadClosedHostsAsync(cancellation).ConfigureAwait(false))
            await client.CloseAsync(host, wall, cancellation).ConfigureAwait(false);
        var robots = new RobotsGate(client);
        var visits = new SiteVisit[sites.Count];
        // One site of each host first, so that many sites of one host do not keep the other hosts waiting.
        var order = Enumerable.Range(0, sites.Count)
            .GroupBy(index => sites[index].Start[0].IdnHost, StringComparer.OrdinalIgnoreCase)
            .SelectMany(host => host.Select((index, turn) => (Index: index, Turn: turn)))
            .OrderBy(site => site.Turn)
            .Select(site => site.Index);
        await Parallel.ForEachAsync(
            order,
            new ParallelOptions { MaxDegreeOfParallelism = SitesAtOnce, CancellationToken = cancellation },
            async (index, token) =>
            {
                var site = sites[index];
                var crawler = new SiteCrawler(pipeline, pipelineHash, site, archive, log, journal, client, robots, time);
                visits[index] = await VisitAsync(crawler, journal, site, progress, token).ConfigureAwait(false);
            }).ConfigureAwait(false);
        return visits;
    }

    /// <summary>The edge of a site: a page that breaks the program must not keep the other sites from being read.</summary>
    private static async Task<SiteVisit> VisitAsync(
        SiteCrawler crawler, CrawlJournal journal, SiteDefinition site, IProgress<CrawlProgress>? progress, CancellationToken cancellation)
    {
        try
        {
            return await crawler.VisitAsync(progress, cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or NpgsqlException))
        {
            var reason = new CrawlReason("site.unexpected", $"site {site.Code}: {exception.GetType().Name}: {exception.Message}");
            var visit = new SiteVisit(site.Code, CrawlOutcome.Failed, [reason], 0, 0, 0, 0, 0, 0);
            await journal.EndVisitAsync(visit, cancellation).ConfigureAwait(false);
            return visit;
        }
    }
}
