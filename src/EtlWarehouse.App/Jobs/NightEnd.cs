using Dapper;
using EtlWarehouse.App.Ingestion;
using EtlWarehouse.Crawling;
using Npgsql;

namespace EtlWarehouse.App.Jobs;

/// <summary>Ends a night and its run, judged by what its visits proved.</summary>
public sealed class NightEnd(NpgsqlDataSource owner, TimeProvider time)
{
    /// <summary>Complete only when every site's visit is, and nothing stayed unread.</summary>
    public async Task<(CrawlOutcome Outcome, IReadOnlyList<string> Reasons)> JudgeAsync(ClaimedTask transform, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transform);
        await using var connection = await owner.OpenConnectionAsync(ct);
        var crawls = (await connection.QueryAsync<(string SiteCode, string Outcome, string[] Reasons)>(new CommandDefinition(
            "select site_code, outcome, reasons from ops.night_task where night_id = @NightId and kind = 'crawl' order by site_code",
            new { transform.Task.NightId }, cancellationToken: ct))).AsList();
        var reasons = crawls.SelectMany(crawl => crawl.Reasons.Select(reason => $"{crawl.SiteCode}: {reason}"))
            .Concat(await UnreadDocuments.ListAsync(owner, transform.Pipeline, ct))
            .ToList();
        var outcome = crawls.All(crawl => crawl.Outcome == "failed") ? CrawlOutcome.Failed
            : reasons.Count > 0 || crawls.Any(crawl => crawl.Outcome != "complete") ? CrawlOutcome.Partial
            : CrawlOutcome.Complete;
        await FinishAsync(transform, outcome, reasons, ct);
        return (outcome, reasons);
    }

    public async Task FinishAsync(ClaimedTask transform, CrawlOutcome outcome, IReadOnlyList<string> reasons, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transform);
        ArgumentNullException.ThrowIfNull(reasons);
        var word = outcome switch { CrawlOutcome.Complete => "complete", CrawlOutcome.Partial => "partial", _ => "failed" };
        await using var connection = await owner.OpenConnectionAsync(ct);
        // One statement: a night is never over whose run is not. An attempt that another has taken over ends nothing.
        await connection.ExecuteAsync(new CommandDefinition(
            """
            with ended as (
                update ops.night as night set state = @word, finished_at = @now, reasons = night.reasons || @reasons
                from ops.night_task as task
                where night.night_id = @NightId
                    and night.state = 'running'
                    and task.night_id = night.night_id and task.kind = 'transform' and task.attempts = @Attempt
                returning night.run_id
            )
            update ops.run as run set finished_at = @now, outcome = @word, reasons = @reasons
            from ended
            where run.run_id = ended.run_id
            """,
            new { transform.Task.NightId, transform.Attempt, word, now = time.GetUtcNow(), reasons = reasons.Select(reason => reason.Replace("\0", "", StringComparison.Ordinal)).ToArray() },
            cancellationToken: ct));
    }
}
