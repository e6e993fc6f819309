using Dapper;
using EtlWarehouse.Crawling.Pipelines;
using Npgsql;

namespace EtlWarehouse.App.Jobs;

/// <summary>
/// Turns the slots of schedules into nights. Any node may do it at any time: a slot becomes one night, missed ones are caught up once by
/// the newest, and one that falls due while its pipeline's last night still runs waits for its end.
/// </summary>
public sealed class NightPlanner(NpgsqlDataSource owner, TimeProvider time)
{
    private static readonly string[] Missed = ["night.missed: nothing ran at this time; the newest missed night stands for all"];

    /// <summary>Plans all slots up to now and starts the nights that are due.</summary>
    /// <returns>Nights that were started now.</returns>
    public async Task<IReadOnlyList<long>> PlanAsync(IReadOnlyList<CrawlPipeline> pipelines, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(pipelines);
        var started = new List<long>();
        foreach (var pipeline in pipelines)
        {
            if (NightSchedule.Of(pipeline) is { } schedule && await PlanAsync(pipeline, schedule, ct) is { } night)
                started.Add(night);
        }

        return started;
    }

    /// <summary>Begins a night at once, beside the schedule.</summary>
    /// <returns>The night, or null when one of this pipeline is under way.</returns>
    public async Task<long?> StartNowAsync(CrawlPipeline pipeline, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        await using var connection = await owner.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await LockAsync(connection, pipeline.Name, ct);
        var now = time.GetUtcNow();
        await connection.ExecuteAsync(new CommandDefinition(
            "insert into ops.night (pipeline, due_at) values (@Name, @now) on conflict do nothing", new { pipeline.Name, now }, cancellationToken: ct));
        var night = await BeginDueAsync(connection, pipeline, now, ct);
        await transaction.CommitAsync(ct);
        return night;
    }

    private async Task<long?> PlanAsync(CrawlPipeline pipeline, NightSchedule schedule, CancellationToken ct)
    {
        await using var connection = await owner.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await LockAsync(connection, pipeline.Name, ct);
        var now = time.GetUtcNow();
        // A pipeline that is seen for the first time begins with its next slot, not with all that ever were.
        var planned = await connection.ExecuteScalarAsync<DateTime>(new CommandDefinition(
            """
            insert into ops.schedule as schedule (pipeline, planned_until) values (@Name, @now)
            on conflict (pipeline) do update set planned_until = greatest(schedule.planned_until, excluded.planned_until)
            returning coalesce((select earlier.planned_until from ops.schedule as earlier where earlier.pipeline = @Name), @now)
            """,
            new { pipeline.Name, now }, cancellationToken: ct));
        var slots = schedule.Between(new DateTimeOffset(DateTime.SpecifyKind(planned, DateTimeKind.Utc)), now);
        foreach (var (slot, index) in slots.Select((slot, index) => (slot, index)))
        {
            var isNewest = index == slots.Count - 1;
            await connection.ExecuteAsync(new CommandDefinition(
                """
                insert into ops.night (pipeline, due_at, state, finished_at, reasons)
                values (@Name, @slot, @state, @finished, @reasons)
                on conflict (pipeline, due_at) do nothing
                """,
                new
                {
                    pipeline.Name,
                    slot = slot.ToUniversalTime(),
                    state = isNewest ? "due" : "skipped",
                    finished = isNewest ? (DateTimeOffset?)null : now,
                    reasons = isNewest ? [] : Missed,
                }, cancellationToken: ct));
        }

        var night = await BeginDueAsync(connection, pipeline, now, ct);
        await transaction.CommitAsync(ct);
        return night;
    }

    /// <summary>Starts the newest night that is due, which stands for the older ones. With one under way it waits, and says for which.</summary>
    private static async Task<long?> BeginDueAsync(NpgsqlConnection connection, CrawlPipeline pipeline, DateTimeOffset now, CancellationToken ct)
    {
        var underWay = await connection.ExecuteScalarAsync<long?>(new CommandDefinition(
            "select night_id from ops.night where pipeline = @Name and state = 'running'", new { pipeline.Name }, cancellationToken: ct));
        var due = (await connection.QueryAsync<long>(new CommandDefinition(
            "select night_id from ops.night where pipeline = @Name and state = 'due' order by due_at desc", new { pipeline.Name }, cancellationToken: ct))).AsList();
        await connection.ExecuteAsync(new CommandDefinition(
            "update ops.night set state = 'skipped', finished_at = @now, reasons = @Missed where night_id = any (@older)",
            new { now, Missed, older = due.Skip(1).ToArray() }, cancellationToken: ct));
        var begun = due.Count > 0 && underWay is null ? due[0] : (long?)null;
        if (due.Count > 0 && underWay is not null)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "update ops.night set reasons = array[@reason] where night_id = @night",
                new { night = due[0], reason = $"night.overlap: it began late, because night {underWay} of this pipeline was still under way" }, cancellationToken: ct));
        }

        if (begun is null)
            return null;
        await connection.ExecuteAsync(new CommandDefinition(
            """
            with run as (
                insert into ops.run (pipeline, started_at) values (@Name, @now) returning run_id
            )
            update ops.night set state = 'running', started_at = @now, run_id = (select run.run_id from run) where night_id = @begun;
            insert into ops.night_task (night_id, kind, site_code, state, not_before)
            select @begun, 'crawl', site.code, 'ready', @now from unnest(@sites) as site (code)
            union all
            select @begun, 'transform', '', 'waiting', @now
            """,
            new { pipeline.Name, begun, now, sites = pipeline.Sites.Select(site => site.Code).ToArray() }, cancellationToken: ct));
        return begun;
    }

    /// <summary>One planner of a pipeline at a time; the lock ends with the transaction.</summary>
    private static Task<int> LockAsync(NpgsqlConnection connection, string pipeline, CancellationToken ct) => connection.ExecuteAsync(new CommandDefinition(
        "select pg_advisory_xact_lock(@space, hashtext(@pipeline))", new { space = NightTasks.PlanSpace, pipeline }, cancellationToken: ct));
}
