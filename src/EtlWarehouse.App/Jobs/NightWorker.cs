using EtlWarehouse.App.Ingestion;
using EtlWarehouse.App.Samples;
using EtlWarehouse.Crawling;
using EtlWarehouse.Crawling.Archive;
using EtlWarehouse.Crawling.Journal;
using EtlWarehouse.Loading.Transforms;
using EtlWarehouse.Parsing.Registers;
using Npgsql;

namespace EtlWarehouse.App.Jobs;

/// <summary>Does one task of a night, if nobody else does.</summary>
/// <param name="node">Names this process among others on the same database.</param>
public sealed partial class NightWorker(
    WarehouseSettings settings, NpgsqlDataSource owner, PipelineShelf pipelines, TimeProvider time, string node, ILogger<NightWorker> log)
{
    // What may pass, such as a server that restarts, is tried again after 10 s, 20 s, 40 s ...; what does not pass ends the task.
    private const int MostFailures = 6;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(10);

    private readonly NightTasks _tasks = new(owner, time);

    public async Task RunAsync(NightTask task, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(task);
        await using var held = await _tasks.TryTakeAsync(task, node, ct);
        if (held is null)
            return;
        var claimed = held.Claimed;
        LogTaken(log, claimed.Task, claimed.Pipeline, claimed.RunId, claimed.Attempt);
        try
        {
            var (outcome, reasons) = task.Kind == NightTask.Crawl ? await CrawlAsync(claimed, ct) : await TransformAsync(claimed, ct);
            if (await _tasks.FinishAsync(claimed, Word(outcome), reasons, ct))
                LogDone(log, claimed.Task, Word(outcome), reasons.Count);
            else
                LogLost(log, claimed.Task, claimed.Attempt);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            await RetryAsync(claimed, failure, ct);
        }
    }

    /// <summary>The edge of a task: one that breaks must not stop the node, and a broken database is told by the next try.</summary>
    private async Task RetryAsync(ClaimedTask claimed, Exception failure, CancellationToken ct)
    {
        var reason = $"task.failed: {claimed.Task}, attempt {claimed.Attempt}: {failure.GetType().Name}: {failure.Message}";
        LogFailed(log, failure, claimed.Task, claimed.Attempt);
        if (claimed.Failures + 1 < MostFailures)
        {
            await _tasks.PostponeAsync(claimed, FirstWait * Math.Pow(2, claimed.Failures), reason, ct);
            return;
        }

        if (claimed.Task.Kind == NightTask.Transform)
            await new NightEnd(owner, time).FinishAsync(claimed, CrawlOutcome.Failed, [reason], ct);
        await _tasks.FinishAsync(claimed, Word(CrawlOutcome.Failed), [reason], ct);
    }

    private async Task<(CrawlOutcome Outcome, IReadOnlyList<string> Reasons)> CrawlAsync(ClaimedTask claimed, CancellationToken ct)
    {
        var pipeline = pipelines.Find(claimed.Pipeline);
        if (pipeline?.Sites.Any(site => site.Code == claimed.Task.SiteCode) != true)
            return (CrawlOutcome.Failed, [$"site.gone: expected site {claimed.Task.SiteCode} in pipeline {claimed.Pipeline}, found none any more"]);

        await using var run = CrawlRun.Join(owner, claimed.Pipeline, claimed.RunId, time);
        var archive = new DocumentArchive(settings.ArchiveFolder);
        await using var samples = pipeline.Serve is null ? null : await SampleSites.StartAsync(Path.Combine(settings.Root, pipeline.Serve), ct);
        var visits = await new PipelineCrawler(pipeline, archive, time, samples?.Hosts)
            .CrawlAsync(run, null, ct, site => site.Code == claimed.Task.SiteCode);
        var visit = visits.Single();
        return (visit.Outcome, [.. visit.Reasons.Select(reason => reason.ToString())]);
    }

    private async Task<(CrawlOutcome Outcome, IReadOnlyList<string> Reasons)> TransformAsync(ClaimedTask claimed, CancellationToken ct)
    {
        var archive = new DocumentArchive(settings.ArchiveFolder);
        var reference = ReferenceData.Load(settings.PipelinesFolder);
        var end = new NightEnd(owner, time);
        try
        {
            await new WarehouseUpdate(settings, owner, archive, reference).RunAsync(null, null, ct);
        }
        catch (Exception failure) when (failure is TransformException or ArchiveException or FormatException)
        {
            // Trying again would find the same rows or files; the warehouse is as it was, and the night says why.
            await end.FinishAsync(claimed, CrawlOutcome.Failed, [failure.Message], ct);
            return (CrawlOutcome.Failed, [failure.Message]);
        }

        return await end.JudgeAsync(claimed, ct);
    }

    private static string Word(CrawlOutcome outcome) => outcome switch
    {
        CrawlOutcome.Complete => "complete",
        CrawlOutcome.Partial => "partial",
        _ => "failed",
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "{Task} of {Pipeline}, run {RunId}, attempt {Attempt}: taken")]
    private static partial void LogTaken(ILogger log, NightTask task, string pipeline, long runId, int attempt);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Task}: {Outcome}, {Reasons} reasons")]
    private static partial void LogDone(ILogger log, NightTask task, string outcome, int reasons);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Task}, attempt {Attempt}: another attempt has taken over; nothing of this one counts")]
    private static partial void LogLost(ILogger log, NightTask task, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Task}, attempt {Attempt}: failed")]
    private static partial void LogFailed(ILogger log, Exception failure, NightTask task, int attempt);
}
