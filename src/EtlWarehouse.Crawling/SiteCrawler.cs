using EtlWarehouse.Crawling.Archive;
using EtlWarehouse.Crawling.Fetching;
using EtlWarehouse.Crawling.Journal;
using EtlWarehouse.Crawling.Pipelines;
using EtlWarehouse.Crawling.Robots;

namespace EtlWarehouse.Crawling;

/// <summary>Visits one site: reads its lists, fetches every report, proves that nothing is missing or says what is.</summary>
internal sealed class SiteCrawler(
    CrawlPipeline pipeline, string pipelineHash, SiteDefinition site,
    DocumentArchive archive, FetchLog log, CrawlJournal journal, SiteClient client, RobotsGate robots, TimeProvider time)
{
    public async Task<SiteVisit> VisitAsync(IProgress<CrawlProgress>? progress, CancellationToken cancellation)
    {
        await journal.BeginVisitAsync(site.Code, cancellation).ConfigureAwait(false);
        SiteVisit visit;
        try
        {
            visit = await CrawlAsync(progress, cancellation).ConfigureAwait(false);
        }
        catch (ArchiveException exception)
        {
            // Without a place to keep documents the site cannot go on; the other sites may have theirs already.
            visit = new SiteVisit(
                site.Code, CrawlOutcome.Failed, [new CrawlReason($"archive.{Snake(exception.Fault)}", exception.Message)], 0, 0, 0, 0, 0, 0);
        }

        await journal.EndVisitAsync(visit, cancellation).ConfigureAwait(false);
        return visit;
    }

    private async Task<SiteVisit> CrawlAsync(IProgress<CrawlProgress>? progress, CancellationToken cancellation)
    {
        var standing = await journal.ReadStandingAsync(site.Code, CrawlNight.Of(time.GetUtcNow(), pipeline.Zone), cancellation).ConfigureAwait(false);
        var fetcher = new ArchivingFetcher(pipeline, site.Code, client, robots, archive, (log, journal), standing, time);
        var walk = new ListWalk(site, fetcher);
        await walk.WalkAsync(cancellation).ConfigureAwait(false);
        await journal.RecordItemsAsync(site.Code, walk.Items, cancellation).ConfigureAwait(false);
        fetcher.ListChanges = await journal.ReadChangedItemsAsync(site.Code, cancellation).ConfigureAwait(false);

        var reports = walk.Items.Where(item => item.SkipReason is null)
            .OrderBy(item => standing.Turn(new FetchRequest(item.Url)))
            .ToList();
        var documents = new DocumentFetch(pipeline, pipelineHash, site, walk.Bodies, archive, journal, fetcher, time);
        var ends = new DocumentEnd[reports.Count];
        var done = 0;
        progress?.Report(new CrawlProgress(site.Code, reports.Count, 0));
        await Parallel.ForAsync(
            0, reports.Count,
            new ParallelOptions { MaxDegreeOfParallelism = pipeline.Politeness.PerHost, CancellationToken = cancellation },
            async (index, token) =>
            {
                ends[index] = await documents.FetchAsync(reports[index], token).ConfigureAwait(false);
                progress?.Report(new CrawlProgress(site.Code, reports.Count, Interlocked.Increment(ref done)));
            }).ConfigureAwait(false);

        List<CrawlReason> reasons =
        [
            .. walk.Reasons,
            .. FaultReasons.Of([.. ends.Select(end => end.Fault).OfType<FetchFault>()]),
            .. Completeness.Doubled(reports, ends),
            .. Completeness.Unmet(site.Expect, reports, time.GetUtcNow().Year),
        ];
        if (reports.Count == 0 && walk.Reasons.Count == 0)
            reasons.Add(new CrawlReason("site.no_reports", $"site {site.Code}: expected annual reports, found none among {walk.Items.Count} items"));
        // Where a list could not be read whole, what is not seen may still be listed.
        var vanished = walk.Reasons.Count > 0 ? [] : await journal.ReadVanishedAsync(site.Code, cancellation).ConfigureAwait(false);
        // A site that its hours keep from being asked has not failed; the next night goes on.
        var outcome = walk.PagesRead == 0 && !reasons.Exists(reason => reason.Code == "window.closed") ? CrawlOutcome.Failed
            : reasons.Count > 0 ? CrawlOutcome.Partial
            : CrawlOutcome.Complete;
        return new SiteVisit(
            site.Code, outcome, reasons, walk.Items.Count, reports.Count, walk.Items.Count - reports.Count,
            ends.Sum(end => end.New), ends.Sum(end => end.Unchanged), ends.Count(end => end.Fault is not null))
        {
            Vanished = vanished,
        };
    }

    private static string Snake(ArchiveFault fault) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(fault.ToString());
}
