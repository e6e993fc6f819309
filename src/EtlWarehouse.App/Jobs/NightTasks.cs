using Dapper;
using EtlWarehouse.Crawling.Journal;
using Npgsql;

namespace EtlWarehouse.App.Jobs;

/// <summary>
/// Who does what of the nights. A task is held by an advisory lock of its holder's connection: it is free the moment the node, its
/// connection or the server dies, with no time-out to wait for and no clock to trust.
/// </summary>
public sealed class NightTasks(NpgsqlDataSource owner, TimeProvider time)
{
    // Keep our locks apart from those of others; "etlp" and "etlt".
    internal const int PlanSpace = 0x65746c70;
    private const int TaskSpace = 0x65746c74;

    /// <summary>Tasks that may be taken now, those in hand of somebody included: only a try shows whether that somebody lives.</summary>
    public async Task<IReadOnlyList<NightTask>> OpenAsync(CancellationToken ct)
    {
        await using var connection = await owner.OpenConnectionAsync(ct);
        return (await connection.QueryAsync<NightTask>(new CommandDefinition(
            """
            select task.night_id as NightId, task.kind as Kind, task.site_code as SiteCode
            from ops.night_task as task
            where task.state in ('ready', 'running')
                and task.not_before <= @now
            order by task.night_id, task.kind, task.site_code
            """,
            new { now = time.GetUtcNow() }, cancellationToken: ct))).AsList();
    }

    /// <summary>Takes a task; null when somebody else holds it, nothing is left to do, or the pipeline is run by hand at the moment.</summary>
    public async Task<HeldTask?> TryTakeAsync(NightTask task, string node, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(task);
        var connection = await owner.OpenConnectionAsync(ct);
        HeldTask? held = null;
        try
        {
            var pipeline = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
                "select pipeline from ops.night where night_id = @NightId", new { task.NightId }, cancellationToken: ct));
            if (pipeline is not null
                && await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
                    "select pg_try_advisory_lock(@space, hashtext(@key))", new { space = TaskSpace, key = task.ToString() }, cancellationToken: ct))
                && await CrawlRun.TryShareAsync(connection, pipeline, ct))
            {
                held = await ClaimAsync(connection, task, node, ct);
            }

            return held;
        }
        finally
        {
            if (held is null)
                await HeldTask.ReleaseAsync(connection);
        }
    }

    private async Task<HeldTask?> ClaimAsync(NpgsqlConnection connection, NightTask task, string node, CancellationToken ct)
    {
        var claimed = await connection.QuerySingleOrDefaultAsync<(int Attempt, int Failures, string Pipeline, long RunId)?>(new CommandDefinition(
            """
            update ops.night_task as task
            set state = 'running', attempts = task.attempts + 1, node = @node, started_at = @now
            from ops.night as night
            where night.night_id = task.night_id
                and task.night_id = @NightId and task.kind = @Kind and task.site_code = @SiteCode
                and task.state in ('ready', 'running')
                and task.not_before <= @now
            returning task.attempts, cardinality(task.reasons), night.pipeline, night.run_id
            """,
            new { task.NightId, task.Kind, task.SiteCode, node, now = time.GetUtcNow() }, cancellationToken: ct));
        return claimed is { } won ? new HeldTask(connection, new ClaimedTask(task, won.Attempt, won.Failures, won.Pipeline, won.RunId)) : null;
    }

    /// <summary>Ends a task. The last crawl of a night makes its transform ready.</summary>
    /// <returns>False when the task meanwhile belongs to another attempt; nothing is changed then.</returns>
    public Task<bool> FinishAsync(ClaimedTask task, string outcome, IReadOnlyList<string> reasons, CancellationToken ct) => EndAsync(
        task,
        """
        update ops.night_task set state = 'done', outcome = @outcome, reasons = @reasons, finished_at = @now
        where night_id = @NightId and kind = @Kind and site_code = @SiteCode and state = 'running' and attempts = @Attempt
        """,
        new { outcome, reasons = reasons.ToArray() }, ct);

    /// <summary>Gives a task back to be taken again later, e.g. after a fault that may pass.</summary>
    public Task<bool> PostponeAsync(ClaimedTask task, TimeSpan wait, string reason, CancellationToken ct) => EndAsync(
        task,
        """
        update ops.night_task set state = 'ready', not_before = @until, reasons = reasons || @reason
        where night_id = @NightId and kind = @Kind and site_code = @SiteCode and state = 'running' and attempts = @Attempt
        """,
        new { until = time.GetUtcNow() + wait, reason }, ct);

    private async Task<bool> EndAsync(ClaimedTask task, string sql, object more, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(task);
        await using var connection = await owner.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // Two last crawls that end at the same moment see each other.
        await connection.ExecuteAsync(new CommandDefinition(
            "select 1 from ops.night where night_id = @NightId for update", new { task.Task.NightId }, cancellationToken: ct));
        var parameters = new DynamicParameters(more);
        parameters.AddDynamicParams(new { task.Task.NightId, task.Task.Kind, task.Task.SiteCode, task.Attempt, now = time.GetUtcNow() });
        var isOurs = await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: ct)) == 1;
        if (isOurs)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                """
                update ops.night_task as task set state = 'ready', not_before = @now
                where task.night_id = @NightId
                    and task.kind = 'transform'
                    and task.state = 'waiting'
                    and not exists (
                        select from ops.night_task as crawl
                        where crawl.night_id = @NightId and crawl.kind = 'crawl' and crawl.state <> 'done'
                    )
                """,
                new { task.Task.NightId, now = time.GetUtcNow() }, cancellationToken: ct));
        }

        await transaction.CommitAsync(ct);
        return isOurs;
    }
}

/// <summary>A task and the locks that say so; disposing it gives them back.</summary>
public sealed class HeldTask(NpgsqlConnection connection, ClaimedTask claimed) : IAsyncDisposable
{
    public ClaimedTask Claimed => claimed;

    public ValueTask DisposeAsync() => ReleaseAsync(connection);

    internal static async ValueTask ReleaseAsync(NpgsqlConnection connection)
    {
        await using (connection)
        {
            // Closing alone would only give the session back to the pool, locks and all. A connection that is gone has lost them already.
            if (connection.FullState == System.Data.ConnectionState.Open)
                await connection.ExecuteAsync("select pg_advisory_unlock_all()");
        }
    }
}
