using System.Net;
using EtlWarehouse.Crawling.Archive;
using EtlWarehouse.Crawling.Discovery;
using EtlWarehouse.Crawling.Fetching;
using EtlWarehouse.Crawling.Journal;
using EtlWarehouse.Crawling.Pipelines;
using EtlWarehouse.Crawling.Robots;

namespace EtlWarehouse.Crawling;

/// <summary>One line of a list, and whether a run would fetch it.</summary>
/// <param name="SkipReason">E.g. <c>title.interpretation</c>; null for what would be fetched.</param>
public sealed record TriedItem(ListItem Item, string? SkipReason);

/// <summary>What a visit of a site would list.</summary>
/// <param name="Items">In the order of the lists.</param>
/// <param name="PagesRead">Pages of lists; with none the site could not be listed at all.</param>
/// <param name="Reasons">Why the visit would not be complete, as far as the lists tell.</param>
public sealed record TriedSite(IReadOnlyList<TriedItem> Items, int PagesRead, IReadOnlyList<CrawlReason> Reasons)
{
    public CrawlOutcome Outcome => PagesRead == 0 ? CrawlOutcome.Failed : Reasons.Count > 0 ? CrawlOutcome.Partial : CrawlOutcome.Complete;
}

/// <summary>Reads the lists of a site with the pipeline's manners, robots.txt and delay included, and keeps nothing of it.</summary>
/// <param name="served">Hosts that this program serves itself, with where it does; null for none.</param>
public sealed class SiteTrial(CrawlPipeline pipeline, TimeProvider time, IReadOnlyDictionary<string, IPEndPoint>? served = null)
{
    public async Task<TriedSite> WalkAsync(SiteDefinition site, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(site);
        // Lists are read from an archive; this one goes with the trial.
        var folder = Directory.CreateTempSubdirectory("etl-try-");
        try
        {
            using var client = new SiteClient(pipeline, time, served);
            var fetcher = new ArchivingFetcher(
                pipeline, site.Code, client, new RobotsGate(client), new DocumentArchive(folder.FullName), record: null, SiteStanding.None, time);
            var walk = new ListWalk(site, fetcher);
            await walk.WalkAsync(cancellation).ConfigureAwait(false);
            var items = walk.Items.Select(item => new TriedItem(item, item.SkipReason)).ToList();
            var reports = items.Where(item => item.SkipReason is null).Select(item => item.Item).ToList();
            return new TriedSite(items, walk.PagesRead, [.. walk.Reasons, .. Completeness.Unmet(site.Expect, reports, time.GetUtcNow().Year)]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
