using Dapper;
using EtlWarehouse.App.Jobs;
using EtlWarehouse.App.Postgres;
using EtlWarehouse.Crawling.Pipelines;
using EtlWarehouse.IntegrationTests.Databases;
using Npgsql;

namespace EtlWarehouse.IntegrationTests.Jobs;

/// <summary>A node whose work takes simulated time: it plans, takes a task, is busy for some steps, and ends it unless it dies first.</summary>
internal sealed class SimulatedNode : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly string _name;
    private readonly CrawlPipeline _pipeline;
    private NpgsqlDataSource _owner;
    private HeldTask? _held;
    private int _busy;

    public SimulatedNode(TestDatabase database, string name, CrawlPipeline pipeline, DateTimeOffset now)
    {
        (_database, _name, _pipeline, Time) = (database, name, pipeline, new SetTime(now));
        _owner = Connect();
    }

    public SetTime Time { get; }

    /// <summary>One look, and one step of work on what it holds.</summary>
    /// <param name="steps">How long a task keeps it busy.</param>
    public async Task StepAsync(int steps)
    {
        try
        {
            await new NightPlanner(_owner, Time).PlanAsync([_pipeline], default);
            var tasks = new NightTasks(_owner, Time);
            if (_held is null)
            {
                foreach (var task in await tasks.OpenAsync(default))
                {
                    _held = await tasks.TryTakeAsync(task, _name, default);
                    if (_held is not null)
                        break;
                }

                _busy = steps;
            }
            else if (--_busy <= 0)
            {
                await EndAsync(tasks, _held);
            }
        }
        catch (NpgsqlException)
        {
            // As after a restart of the server: what it held is free, and the next step connects anew.
            await DropAsync();
        }
    }

    /// <summary>As <c>kill -9</c> looks to the others: its sessions end, and what it held is held no more.</summary>
    public async Task KillAsync()
    {
        await using (var killer = await _database.Owner.OpenConnectionAsync())
            await killer.ExecuteAsync("select pg_terminate_backend(pid, 10000) from pg_stat_activity where application_name = @_name and datname = current_database()", new { _name });
        await DropAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_held is not null)
            await _held.DisposeAsync();
        await _owner.DisposeAsync();
    }

    private async Task EndAsync(NightTasks tasks, HeldTask held)
    {
        if (held.Claimed.Task.Kind == NightTask.Transform)
            await new NightEnd(_owner, Time).JudgeAsync(held.Claimed, default);
        await tasks.FinishAsync(held.Claimed, "complete", [], default);
        await held.DisposeAsync();
        _held = null;
    }

    private async Task DropAsync()
    {
        _held = null;
        await _owner.DisposeAsync();
        _owner = Connect();
    }

    private NpgsqlDataSource Connect() => NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(TestServer.Postgres.ConnectionString(PrivatePostgres.Owner, _database.Name)) { ApplicationName = _name, MaxPoolSize = 4 });
}
