using System.Collections.Concurrent;
using EtlWarehouse.App.Jobs;
using EtlWarehouse.App.Postgres;
using EtlWarehouse.IntegrationTests.Databases;
using Microsoft.Extensions.Logging.Abstractions;

namespace EtlWarehouse.IntegrationTests.Jobs;

/// <summary>What every job engine has to hold, on the one that is compiled in.</summary>
public sealed class JobEngineTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Test]
    public async Task EnqueueAsync_ManyJobsOnTwoNodes_EachRuns()
    {
        await using var database = await TestDatabase.CreateAsync();
        var ran = new ConcurrentBag<string>();
        await using var first = await StartAsync(database, ("work", argument => Note(ran, argument)));
        await using var second = await StartAsync(database, ("work", argument => Note(ran, argument)));
        foreach (var number in Enumerable.Range(0, 20))
            await (number % 2 == 0 ? first : second).EnqueueAsync("work", $"{number}", default);

        await UntilAsync(() => ran.Distinct().Count() == 20);
        Assert.That(ran.Order(StringComparer.Ordinal), Is.EqualTo(Enumerable.Range(0, 20).Select(number => $"{number}").Order(StringComparer.Ordinal)));
    }

    [Test]
    public async Task EnqueueAsync_JobThatFails_DoesNotStopTheOthers()
    {
        await using var database = await TestDatabase.CreateAsync();
        var ran = new ConcurrentBag<string>();
        await using var engine = await StartAsync(
            database, ("work", argument => argument == "bad" ? throw new InvalidOperationException("as asked") : Note(ran, argument)));
        await engine.EnqueueAsync("work", "bad", default);
        await engine.EnqueueAsync("work", "good", default);

        await UntilAsync(() => ran.Contains("good"));
        await engine.EnqueueAsync("work", "again", default);
        await UntilAsync(() => ran.Contains("again"));
    }

    [Test]
    public async Task RecurringAsync_TwoNodes_RunsAgainAndAgainAndNeverBesideItself()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (runs, inside, most) = (0, 0, 0);
        async Task LookAsync(string argument)
        {
            var now = Interlocked.Increment(ref inside);
            most = Math.Max(most, now);
            await Task.Delay(300);
            Interlocked.Decrement(ref inside);
            Interlocked.Increment(ref runs);
        }

        await using var first = await StartAsync(database, ("look", LookAsync));
        await using var second = await StartAsync(database, ("look", LookAsync));
        await first.RecurringAsync("look", TimeSpan.FromMilliseconds(200), default);
        await second.RecurringAsync("look", TimeSpan.FromMilliseconds(200), default);

        await UntilAsync(() => runs >= 6);
        Assert.That(most, Is.EqualTo(1));
    }

    [Test]
    public async Task RecurringAsync_AskedAgainWithAnotherInterval_ReplacesTheFirst()
    {
        await using var database = await TestDatabase.CreateAsync();
        var runs = 0;
        await using var engine = await StartAsync(database, ("look", _ => Task.FromResult(Interlocked.Increment(ref runs))));
        await engine.RecurringAsync("look", TimeSpan.FromMilliseconds(200), default);
        await UntilAsync(() => runs >= 2);
        await engine.RecurringAsync("look", TimeSpan.FromHours(1), default);
        var before = runs;

        await Task.Delay(3000);
        Assert.That(runs - before, Is.LessThanOrEqualTo(2), "at most one that was under way and the first of the new ones");
    }

    [Test]
    public async Task StopAsync_WorkUnderWay_IsWaitedFor()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (began, ended) = (new TaskCompletionSource(), false);
        await using var engine = await StartAsync(database, ("work", async _ =>
        {
            began.SetResult();
            await Task.Delay(1500);
            ended = true;
        }));
        await engine.EnqueueAsync("work", "long", default);
        await began.Task.WaitAsync(Patience);

        await engine.StopAsync(Patience);

        Assert.That(ended, Is.True);
    }

    private static async Task<IJobEngine> StartAsync(TestDatabase database, (string Job, Func<string, Task> Run) handler)
    {
        var engine = new QuartzEngine(TestServer.Postgres.ConnectionString(PrivatePostgres.Owner, database.Name), 4, NullLoggerFactory.Instance);
        await engine.StartAsync(
            new Dictionary<string, Func<string, CancellationToken, Task>> { [handler.Job] = (argument, _) => handler.Run(argument) }, default);
        return engine;
    }

    private static Task Note(ConcurrentBag<string> ran, string argument)
    {
        ran.Add(argument);
        return Task.CompletedTask;
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        var end = DateTime.UtcNow + Patience;
        while (!holds())
        {
            Assert.That(DateTime.UtcNow, Is.LessThan(end), "it does not come about");
            await Task.Delay(50);
        }
    }
}
