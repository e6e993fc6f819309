using Dapper;
using EtlWarehouse.App.Jobs;
using EtlWarehouse.App.Postgres;
using EtlWarehouse.Crawling.Journal;
using EtlWarehouse.IntegrationTests.Databases;
using Npgsql;

namespace EtlWarehouse.IntegrationTests.Jobs;

public sealed class NightTasksTests
{
    [Test]
    public async Task TryTakeAsync_ManyNodesAtOnce_OneHoldsIt()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (tasks, task) = await BeginAsync(database, new SetTime(Nights.Start));

        var held = await Task.WhenAll(Enumerable.Range(0, 12).Select(node => Task.Run(() => tasks.TryTakeAsync(task, $"n{node}", default))));

        Assert.That(held.Count(each => each is not null), Is.EqualTo(1));
        foreach (var each in held.OfType<HeldTask>())
            await each.DisposeAsync();
    }

    [Test]
    public async Task TryTakeAsync_HolderDied_IsTakenOverAndTheDeadCannotFinish()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (tasks, task) = await BeginAsync(database, new SetTime(Nights.Start));
        // A node of its own, whose connections the server ends: to others it is as dead as after kill -9.
        var connection = TestServer.Postgres.ConnectionString(PrivatePostgres.Owner, database.Name);
        await using var dying = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { ApplicationName = "dying" });
        var dead = await new NightTasks(dying, new SetTime(Nights.Start)).TryTakeAsync(task, "dying", default);
        Assert.That(await tasks.TryTakeAsync(task, "other", default), Is.Null, "it lives");

        await using (var killer = await database.Owner.OpenConnectionAsync())
        {
            await killer.ExecuteAsync("select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'dying' and datname = current_database()");
        }

        await using var heir = await tasks.TryTakeAsync(task, "heir", default);
        Assert.Multiple(async () =>
        {
            Assert.That(heir?.Claimed.Attempt, Is.EqualTo(2));
            Assert.That(await tasks.FinishAsync(dead!.Claimed, "complete", [], default), Is.False, "whoever was taken for dead changes nothing");
            Assert.That(await tasks.FinishAsync(heir!.Claimed, "complete", [], default), Is.True);
        });
    }

    [Test]
    public async Task TryTakeAsync_PipelineIsRunByHand_WaitsForItsEndAndTheOtherWayRound()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (tasks, task) = await BeginAsync(database, new SetTime(Nights.Start));
        await using (await CrawlRun.StartAsync(database.Owner, "p", TimeProvider.System, default))
            Assert.That(await tasks.TryTakeAsync(task, "n", default), Is.Null);

        await using var held = await tasks.TryTakeAsync(task, "n", default);
        Assert.That(held, Is.Not.Null);
        await Assert.ThatAsync(() => CrawlRun.StartAsync(database.Owner, "p", TimeProvider.System, default), Throws.TypeOf<PipelineBusyException>());
    }

    [Test]
    public async Task FinishAsync_LastCrawlsAtTheSameMoment_MakeTheTransformReady()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (tasks, _) = await BeginAsync(database, new SetTime(Nights.Start), sites: 8);
        var held = new List<HeldTask>();
        foreach (var task in await tasks.OpenAsync(default))
            held.Add((await tasks.TryTakeAsync(task, "n", default))!);
        Assert.That(held.Select(each => each.Claimed.Task.Kind), Is.All.EqualTo(NightTask.Crawl));

        await Task.WhenAll(held.Select(each => Task.Run(() => tasks.FinishAsync(each.Claimed, "complete", [], default))));
        foreach (var each in held)
            await each.DisposeAsync();

        Assert.That((await tasks.OpenAsync(default)).Select(task => task.Kind), Is.EqualTo([NightTask.Transform]));
    }

    [Test]
    public async Task PostponeAsync_Task_WaitsItsTime()
    {
        await using var database = await TestDatabase.CreateAsync();
        var time = new SetTime(Nights.Start);
        var (tasks, task) = await BeginAsync(database, time, sites: 1);
        await using (var held = await tasks.TryTakeAsync(task, "n", default))
            await tasks.PostponeAsync(held!.Claimed, TimeSpan.FromMinutes(1), "task.failed: the server restarts", default);

        var before = await tasks.OpenAsync(default);
        var refused = await tasks.TryTakeAsync(task, "n", default);
        time.Now += TimeSpan.FromMinutes(1);
        await using var again = await tasks.TryTakeAsync(task, "n", default);

        Assert.Multiple(() =>
        {
            Assert.That(before, Is.Empty);
            Assert.That(refused, Is.Null);
            Assert.That(again?.Claimed.Attempt, Is.EqualTo(2));
        });
    }

    [Test]
    public async Task TryTakeAsync_AfterDeadNodesAndAFault_OnlyTheFaultIsAFailure()
    {
        await using var database = await TestDatabase.CreateAsync();
        var time = new SetTime(Nights.Start);
        var (tasks, task) = await BeginAsync(database, time, sites: 1);
        for (var death = 0; death < 8; death++)
            await (await tasks.TryTakeAsync(task, "dies", default))!.DisposeAsync();
        await using (var held = await tasks.TryTakeAsync(task, "n", default))
            await tasks.PostponeAsync(held!.Claimed, TimeSpan.FromMinutes(1), "task.failed: the server restarts", default);
        time.Now += TimeSpan.FromMinutes(1);

        await using var again = await tasks.TryTakeAsync(task, "n", default);
        Assert.That((again?.Claimed.Attempt, again?.Claimed.Failures), Is.EqualTo((10, 1)));
    }

    private static async Task<(NightTasks Tasks, NightTask First)> BeginAsync(TestDatabase database, SetTime time, int sites = 2)
    {
        await new NightPlanner(database.Owner, time).StartNowAsync(Nights.Pipeline(sites: sites), default);
        var tasks = new NightTasks(database.Owner, time);
        return (tasks, (await tasks.OpenAsync(default))[0]);
    }
}
