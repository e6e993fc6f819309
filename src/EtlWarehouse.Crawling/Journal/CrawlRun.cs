using Dapper;
using Npgsql;

namespace EtlWarehouse.Crawling.Journal;

/// <summary>Another process is running the same pipeline on the same database.</summary>
public sealed class PipelineBusyException(string pipeline)
    : InvalidOperationException($"pipeline {pipeline}: expected no other run, found one under way");

/// <summary>
/// One run of a pipeline: a row of <c>ops.run</c> and a lock that lives as long as its connection, so that a run
/// without lock is known to be dead.
/// </summary>
public sealed class CrawlRun : IAsyncDisposable
{
    // Keeps our locks apart from those of others; "etlr".
    private const int LockSpace = 0x65746c72;

    // Null where the run's lock is somebody else's.
    private readonly NpgsqlConnection? _lock;
    private readonly TimeProvider _time;
    private bool _isDisposed;

    private CrawlRun(NpgsqlConnection? connection, NpgsqlDataSource database, TimeProvider time, string pipeline) =>
        (_lock, Database, _time, Pipeline) = (connection, database, time, pipeline);

    public long Id { get; private set; }

    public string Pipeline { get; }

    /// <summary>Runs of this pipeline that were found dead and marked interrupted.</summary>
    public IReadOnlyList<long> Interrupted { get; private set; } = [];

    internal NpgsqlDataSource Database { get; }

    /// <summary>Takes the pipeline's lock, marks runs that died as interrupted, and begins a new one.</summary>
    /// <exception cref="PipelineBusyException">Another process runs the pipeline.</exception>
    public static async Task<CrawlRun> StartAsync(NpgsqlDataSource database, string pipeline, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(database);
        var connection = await database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        var run = new CrawlRun(connection, database, time, pipeline);
        try
        {
            await run.BeginAsync(connection, cancellation).ConfigureAwait(false);
            return run;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Takes part in a run that somebody else began and will end.</summary>
    public static CrawlRun Join(NpgsqlDataSource database, string pipeline, long id, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(database);
        return new CrawlRun(null, database, time, pipeline) { Id = id };
    }

    /// <summary>Keeps other processes from running the pipeline from its begin, until the connection gives its locks back; several may keep it so.</summary>
    /// <returns>False when one runs it now.</returns>
    public static Task<bool> TryShareAsync(NpgsqlConnection connection, string pipeline, CancellationToken cancellation) =>
        connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select pg_try_advisory_lock_shared(@space, hashtext(@pipeline))", new { space = LockSpace, pipeline }, cancellationToken: cancellation));

    /// <summary>Ends the run; its row then says how.</summary>
    public async Task FinishAsync(CrawlOutcome outcome, IEnumerable<string> reasons, CancellationToken cancellation)
    {
        var connection = await Database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "update ops.run set finished_at = @now, outcome = @outcome, reasons = @reasons where run_id = @Id",
                new { Id, now = _time.GetUtcNow(), outcome = outcome.Word(), reasons = reasons.Select(DatabaseText.Storable).ToArray() },
                cancellationToken: cancellation)).ConfigureAwait(false);
        }
    }

    /// <summary>Gives the lock back. A run that was not finished is found interrupted by the next one.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed || _lock is null)
            return;
        _isDisposed = true;
        await using (_lock.ConfigureAwait(false))
        {
            try
            {
                // Closing alone would only give the session back to the pool, lock and all.
                await _lock.ExecuteAsync(
                    "select pg_advisory_unlock(@space, hashtext(@pipeline))", new { space = LockSpace, pipeline = Pipeline }).ConfigureAwait(false);
            }
            catch (NpgsqlException exception) when (_lock.State != System.Data.ConnectionState.Open)
            {
                System.Diagnostics.Trace.TraceWarning($"pipeline {Pipeline}: the connection is gone, and its lock with it: {exception.Message}");
            }
        }
    }

    private async Task BeginAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var isFree = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select pg_try_advisory_lock(@space, hashtext(@pipeline))",
            new { space = LockSpace, pipeline = Pipeline },
            cancellationToken: cancellation)).ConfigureAwait(false);
        if (!isFree)
            throw new PipelineBusyException(Pipeline);

        var now = _time.GetUtcNow();
        var dead = await connection.QueryAsync<long>(new CommandDefinition(
            """
            with dead as (
                update ops.run set finished_at = @now, outcome = 'interrupted'
                where pipeline = @Pipeline and outcome = 'running'
                    -- A night's run waits between its tasks; whoever takes the next one goes on with it.
                    and not exists (select from ops.night as night where night.run_id = run.run_id and night.state = 'running')
                returning run_id
            ), visits as (
                update ops.site_visit as visit set finished_at = @now, outcome = 'interrupted'
                from dead
                where visit.run_id = dead.run_id and visit.outcome = 'running'
            )
            select run_id from dead order by run_id
            """,
            new { now, Pipeline },
            cancellationToken: cancellation)).ConfigureAwait(false);
        Interrupted = dead.AsList();
        Id = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "insert into ops.run (pipeline, started_at) values (@Pipeline, @now) returning run_id",
            new { Pipeline, now },
            cancellationToken: cancellation)).ConfigureAwait(false);
    }
}
