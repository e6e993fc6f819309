using EtlWarehouse.App.Samples;
using EtlWarehouse.Crawling;
using EtlWarehouse.Crawling.Archive;
using EtlWarehouse.Crawling.Journal;
using EtlWarehouse.Crawling.Pipelines;
using EtlWarehouse.Loading.Transforms;
using EtlWarehouse.Parsing.Registers;
using Npgsql;

namespace EtlWarehouse.App.Ingestion;

/// <summary>How one run of one pipeline ended.</summary>
/// <param name="Reasons">Why it is not complete; empty otherwise.</param>
public sealed record PipelineOutcome(
    CrawlPipeline Pipeline, CrawlOutcome Outcome, IReadOnlyList<string> Reasons, IReadOnlyList<SiteVisit> Visits, UpdateResult? Update);

/// <summary>Runs one pipeline to its end: crawl, archive, read, stage, transform.</summary>
public sealed class PipelineRun(
    WarehouseSettings settings, NpgsqlDataSource owner, DocumentArchive archive, ReferenceData reference, TimeProvider time)
{
    /// <exception cref="PipelineBusyException">Another process runs this pipeline on the same database.</exception>
    public async Task<PipelineOutcome> RunAsync(
        CrawlPipeline pipeline, IProgress<CrawlProgress>? crawled, IProgress<(int Done, int All)>? read, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        await using var run = await CrawlRun.StartAsync(owner, pipeline.Name, time, ct);
        IReadOnlyList<SiteVisit> visits = [];
        try
        {
            visits = await CrawlAsync(run, pipeline, crawled, ct);
            var update = await new WarehouseUpdate(settings, owner, archive, reference).RunAsync(null, read, ct);
            var reasons = visits.SelectMany(visit => visit.Reasons.Select(reason => $"{visit.SiteCode}: {reason}"))
                .Concat(await UnreadDocuments.ListAsync(owner, pipeline.Name, ct))
                .ToList();
            // A site that could not be listed at all leaves the run partial as long as another could.
            var outcome = visits.All(visit => visit.Outcome == CrawlOutcome.Failed) ? CrawlOutcome.Failed
                : reasons.Count > 0 || visits.Any(visit => visit.Outcome != CrawlOutcome.Complete) ? CrawlOutcome.Partial
                : CrawlOutcome.Complete;
            await run.FinishAsync(outcome, reasons, ct);
            return new PipelineOutcome(pipeline, outcome, reasons, visits, update);
        }
        catch (Exception failure) when (failure is TransformException or ArchiveException or FormatException)
        {
            // What was fetched is archived; the run's row says why it went no further.
            await run.FinishAsync(CrawlOutcome.Failed, [failure.Message], ct);
            return new PipelineOutcome(pipeline, CrawlOutcome.Failed, [failure.Message], visits, null);
        }
    }

    private async Task<IReadOnlyList<SiteVisit>> CrawlAsync(CrawlRun run, CrawlPipeline pipeline, IProgress<CrawlProgress>? progress, CancellationToken ct)
    {
        if (pipeline.Serve is null)
            return await new PipelineCrawler(pipeline, archive, time).CrawlAsync(run, progress, ct);
        await using var sites = await SampleSites.StartAsync(Path.Combine(settings.Root, pipeline.Serve), ct);
        return await new PipelineCrawler(pipeline, archive, time, sites.Hosts).CrawlAsync(run, progress, ct);
    }
}
