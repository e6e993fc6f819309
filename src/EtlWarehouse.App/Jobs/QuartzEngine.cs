using Npgsql;
using Quartz;

namespace EtlWarehouse.App.Jobs;

/// <summary>Quartz on the warehouse's own database: a cluster of all nodes that share it, its tables in schema <c>jobs</c>.</summary>
/// <param name="connectionString">Of the database's owner.</param>
/// <param name="atOnce">Most jobs under way on this node.</param>
public sealed class QuartzEngine(string connectionString, int atOnce, ILoggerFactory logs) : IJobEngine
{
    private const string Group = "etl";

    private ServiceProvider? _services;
    private IScheduler? _scheduler;

    public async Task StartAsync(IReadOnlyDictionary<string, Func<string, CancellationToken, Task>> handlers, CancellationToken ct)
    {
        await MakeSchemaAsync(ct);
        var services = new ServiceCollection();
        services.AddSingleton(logs);
        services.AddLogging();
        services.AddSingleton(new Handlers(handlers));
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(options =>
            {
                options.InstanceName = "etl";
                options.GenerateInstanceId = true;
            });
            quartz.UseDefaultThreadPool(atOnce);
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(NpgsqlFactory.Instance, connectionString);
                store.UseSystemTextJsonSerializer();
                store.ConfigureStore(options => options.TablePrefix = "jobs.qrtz_");
                store.UseClustering(cluster =>
                {
                    cluster.CheckinInterval = TimeSpan.FromSeconds(3);
                    cluster.CheckinMisfireThreshold = TimeSpan.FromSeconds(6);
                });
                store.ProvisionSchema();
            });
            quartz.AddJob<Once>(job => job.WithIdentity("once", Group).StoreDurably().RequestRecovery());
        });
        services.Configure<QuartzOptions>(options => options.Scheduling.IgnoreDuplicates = true);
        _services = services.BuildServiceProvider();
        _scheduler = await _services.GetRequiredService<ISchedulerFactory>().GetScheduler(ct);
        await _scheduler.Start(ct);
    }

    public async Task EnqueueAsync(string job, string argument, CancellationToken ct) => await Scheduler.ScheduleJob<Once, Request>(
        new Request(job, argument), TimeSpan.Zero,
        new OneOffJobOptions { Name = $"{job} {argument}", Group = Group, OnConflict = TriggerConflict.Keep, RequestRecovery = true }, ct);

    public async Task RecurringAsync(string job, TimeSpan every, CancellationToken ct)
    {
        var detail = JobBuilder.Create<Again>().WithIdentity(job, Group).UsingJobData("job", job).StoreDurably().Build();
        var trigger = TriggerBuilder.Create()
            .WithIdentity(job, Group)
            .ForJob(detail)
            .StartNow()
            .WithSimpleSchedule(schedule => schedule.WithInterval(every).RepeatForever())
            .Build();
        await Scheduler.ScheduleJobs(
            new Dictionary<IJobDetail, IReadOnlyCollection<ITrigger>> { [detail] = [trigger] }, new ScheduleJobOptions { Replace = true }, ct);
    }

    public async Task StopAsync(TimeSpan bound)
    {
        if (_scheduler is not { } scheduler)
            return;
        await scheduler.Standby();
        using var limit = new CancellationTokenSource(bound);
        try
        {
            await scheduler.Shutdown(waitForJobsToComplete: true, limit.Token);
        }
        catch (OperationCanceledException)
        {
            await scheduler.Shutdown(waitForJobsToComplete: false);
        }

        _scheduler = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.Zero);
        if (_services is not null)
            await _services.DisposeAsync();
    }

    /// <summary>Quartz makes its tables, not their schema.</summary>
    private async Task MakeSchemaAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand("select pg_advisory_lock(hashtext('jobs')); create schema if not exists jobs; select pg_advisory_unlock(hashtext('jobs'))", connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    private IScheduler Scheduler => _scheduler ?? throw new InvalidOperationException("expected a started job engine, found one that is not");

    internal sealed record Handlers(IReadOnlyDictionary<string, Func<string, CancellationToken, Task>> ByJob);

    internal sealed record Request(string Job, string Argument);

    internal sealed class Once(Handlers handlers) : IJob<Request>
    {
        public async ValueTask Execute(IJobExecutionContext context, Request input, CancellationToken cancellationToken) =>
            await handlers.ByJob[input.Job](input.Argument, cancellationToken);
    }

    [DisallowConcurrentExecution]
    internal sealed class Again(Handlers handlers) : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
            await handlers.ByJob[context.MergedJobDataMap.GetString("job")!]("", cancellationToken);
    }
}
