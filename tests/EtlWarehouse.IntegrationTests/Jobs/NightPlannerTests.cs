using Dapper;
using EtlWarehouse.App.Jobs;
using EtlWarehouse.Crawling;
using EtlWarehouse.IntegrationTests.Databases;

namespace EtlWarehouse.IntegrationTests.Jobs;

public sealed class NightPlannerTests
{
    [Test]
    public async Task PlanAsync_SlotBySlot_OneNightEach()
    {
        await using var database = await TestDatabase.CreateAsync();
        var time = new SetTime(Nights.Start);
        var planner = new NightPlanner(database.Owner, time);

        await planner.PlanAsync([Nights.Pipeline()], default);
        Assert.That(await Nights.ListAsync(database), Is.Empty, "the slots before it was first seen are nobody's");
        time.Now += TimeSpan.FromHours(2.5);
        var started = await planner.PlanAsync([Nights.Pipeline()], default);
        var again = await planner.PlanAsync([Nights.Pipeline()], default);

        Assert.Multiple(async () =>
        {
            Assert.That(started, Has.Count.EqualTo(1));
            Assert.That(again, Is.Empty);
            Assert.That(await Nights.ListAsync(database), Is.EqualTo(["01-01 02:30 running"]));
            Assert.That(await TasksAsync(database), Is.EqualTo(["crawl a ready", "crawl b ready", "transform  waiting"]));
        });
    }

    [Test]
    public async Task PlanAsync_ManyNodesAtOnce_StartOneNight()
    {
        await using var database = await TestDatabase.CreateAsync();
        var time = new SetTime(Nights.Start);
        await new NightPlanner(database.Owner, time).PlanAsync([Nights.Pipeline()], default);
        time.Now += TimeSpan.FromDays(1);

        var started = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => new NightPlanner(database.Owner, time).PlanAsync([Nights.Pipeline()], default))));

        Assert.That(started.Sum(nights => nights.Count), Is.EqualTo(1));
    }

    [Test]
    public async Task PlanAsync_AfterNightsWithoutAnybody_CatchesUpOnceAndTellsTheRest()
    {
        await using var database = await TestDatabase.CreateAsync();
        var time = new SetTime(Nights.Start);
        var planner = new NightPlanner(database.Owner, time);
        await planner.PlanAsync([Nights.Pipeline()], default);
        time.Now += TimeSpan.FromDays(3);
        await planner.PlanAsync([Nights.Pipeline()], default);

        Assert.That(await Nights.ListAsync(database), Is.EqualTo(
            ["01-01 02:30 skipped night.missed", "01-02 02:30 skipped night.missed", "01-03 02:30 running"]));
    }

    [Test]
    public async Task PlanAsync_LastNightStillRuns_WaitsForItsEndAndSaysSo()
    {
        await using var database = await TestDatabase.CreateAsync();
        var time = new SetTime(Nights.Start);
        var planner = new NightPlanner(database.Owner, time);
        await planner.PlanAsync([Nights.Pipeline()], default);
        time.Now += TimeSpan.FromDays(1);
        await planner.PlanAsync([Nights.Pipeline()], default);
        time.Now += TimeSpan.FromDays(1);
        var beside = await planner.PlanAsync([Nights.Pipeline()], default);
        var waiting = await Nights.ListAsync(database);
        await EndAsync(database, time);
        var behind = await planner.PlanAsync([Nights.Pipeline()], default);

        Assert.Multiple(async () =>
        {
            Assert.That(beside, Is.Empty);
            Assert.That(waiting, Is.EqualTo(["01-01 02:30 running", "01-02 02:30 due night.overlap"]));
            Assert.That(behind, Has.Count.EqualTo(1));
            Assert.That(await Nights.ListAsync(database), Is.EqualTo(["01-01 02:30 failed x", "01-02 02:30 running night.overlap"]));
        });
    }

    [Test]
    public async Task PlanAsync_ClockSetBack_RepeatsNoNight()
    {
        await using var database = await TestDatabase.CreateAsync();
        var time = new SetTime(Nights.Start);
        var planner = new NightPlanner(database.Owner, time);
        await planner.PlanAsync([Nights.Pipeline()], default);
        time.Now += TimeSpan.FromHours(3);
        await planner.PlanAsync([Nights.Pipeline()], default);
        await EndAsync(database, time);
        foreach (var hours in new[] { -2.0, 0.5, 1.0, 1.0 })
        {
            time.Now += TimeSpan.FromHours(hours);
            await planner.PlanAsync([Nights.Pipeline()], default);
        }

        Assert.That(await Nights.ListAsync(database), Is.EqualTo(["01-01 02:30 failed x"]));
    }

    [Test]
    public async Task StartNowAsync_WhileANightRuns_StartsNone()
    {
        await using var database = await TestDatabase.CreateAsync();
        var planner = new NightPlanner(database.Owner, new SetTime(Nights.Start));
        var first = await planner.StartNowAsync(Nights.Pipeline(), default);
        var second = await planner.StartNowAsync(Nights.Pipeline(), default);

        Assert.That((first, second), Is.EqualTo(((long?)1, (long?)null)));
    }

    /// <summary>Ends the night under way as a worker would that gives up.</summary>
    private static async Task EndAsync(TestDatabase database, TimeProvider time)
    {
        var tasks = new NightTasks(database.Owner, time);
        for (var open = await tasks.OpenAsync(default); open.Count > 0; open = await tasks.OpenAsync(default))
        {
            await using var held = await tasks.TryTakeAsync(open[0], "n", default);
            if (open[0].Kind == NightTask.Transform)
                await new NightEnd(database.Owner, time).FinishAsync(held!.Claimed, CrawlOutcome.Failed, ["x: gave up"], default);
            await tasks.FinishAsync(held!.Claimed, "failed", [], default);
        }
    }

    private static async Task<IReadOnlyList<string>> TasksAsync(TestDatabase database)
    {
        await using var connection = await database.Owner.OpenConnectionAsync();
        return (await connection.QueryAsync<string>(
            "select kind || ' ' || site_code || ' ' || state from ops.night_task order by kind, site_code")).AsList();
    }
}
