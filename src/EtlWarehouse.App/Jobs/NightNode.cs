using System.Globalization;
using Npgsql;

namespace EtlWarehouse.App.Jobs;

/// <summary>A process that takes part in the nights: plans them, wakes whoever is free for their tasks, does its share.</summary>
public sealed partial class NightNode : IAsyncDisposable
{
    private const string Look = "look";
    private const string Work = "task";

    private readonly IJobEngine _engine;
    private readonly NightPlanner _planner;
    private readonly NightTasks _tasks;
    private readonly NightWorker _worker;
    private readonly PipelineShelf _pipelines;
    private readonly ILogger _log;

    /// <param name="name">Names this process among others on the same database.</param>
    public NightNode(
        WarehouseSettings settings, NpgsqlDataSource owner, PipelineShelf pipelines, IJobEngine engine, TimeProvider time, string name, ILoggerFactory logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        (_engine, _pipelines, _log) = (engine, pipelines, logs.CreateLogger<NightNode>());
        _planner = new NightPlanner(owner, time);
        _tasks = new NightTasks(owner, time);
        _worker = new NightWorker(settings, owner, pipelines, time, name, logs.CreateLogger<NightWorker>());
    }

    /// <param name="every">How often somebody looks for nights that are due and for tasks that nobody does.</param>
    public async Task StartAsync(TimeSpan every, CancellationToken ct)
    {
        await _engine.StartAsync(
            new Dictionary<string, Func<string, CancellationToken, Task>> { [Look] = (_, token) => LookAsync(token), [Work] = WorkAsync }, ct);
        await _engine.RecurringAsync(Look, every, ct);
    }

    public Task StopAsync(TimeSpan bound) => _engine.StopAsync(bound);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    /// <summary>Plans what fell due, and asks for every open task. One that somebody does already is asked for in vain.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        var (pipelines, faults) = _pipelines.Read();
        foreach (var fault in faults)
            LogFault(_log, fault);
        foreach (var night in await _planner.PlanAsync([.. pipelines.Where(pipeline => pipeline.Schedule is not null)], ct))
            LogNight(_log, night);
        foreach (var task in await _tasks.OpenAsync(ct))
            await _engine.EnqueueAsync(Work, task.ToString(), ct);
    }

    private async Task WorkAsync(string argument, CancellationToken ct)
    {
        await _worker.RunAsync(Parse(argument), ct);
        // The last crawl of a night makes its transform ready: it need not wait for the next look.
        foreach (var task in await _tasks.OpenAsync(ct))
        {
            if (task.Kind == NightTask.Transform)
                await _engine.EnqueueAsync(Work, task.ToString(), ct);
        }
    }

    private static NightTask Parse(string argument)
    {
        var parts = argument.Split('/');
        return new NightTask(long.Parse(parts[0], CultureInfo.InvariantCulture), parts[1], parts.ElementAtOrDefault(2) ?? "");
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Fault}; the other pipelines go on")]
    private static partial void LogFault(ILogger log, string fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "night {Night} begins")]
    private static partial void LogNight(ILogger log, long night);
}
