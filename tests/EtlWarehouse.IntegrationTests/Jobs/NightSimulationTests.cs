using Dapper;
using EtlWarehouse.IntegrationTests.Databases;

namespace EtlWarehouse.IntegrationTests.Jobs;

/// <summary>Many nights on several nodes that die, lose their connections and have wrong clocks. The state is real, the time is not.</summary>
public sealed class NightSimulationTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    // Each with the nodes, the zone of the schedule and the seed: New York's clock leaves out one slot a year and has one twice.
    [TestCase(2, "Asia/Shanghai", 1, 40)]
    [TestCase(3, "America/New_York", 2, 40)]
    [TestCase(5, "UTC", 3, 25)]
    public async Task Nights_NodesDieAndClocksJump_EachSlotHasOneGoodNight(int count, string zone, int seed, int nights)
    {
        await using var database = await TestDatabase.CreateAsync();
        var random = new Random(seed);
        var pipeline = Nights.Pipeline(schedule: "30 2 * * *", zone: zone, sites: 3);
        // Over the spring's change of clocks.
        var now = new DateTimeOffset(2025, 2, 1, 0, 0, 0, TimeSpan.Zero);
        var nodes = Enumerable.Range(0, count).Select(index => new SimulatedNode(database, $"node{index}", pipeline, now)).ToList();
        var slowest = TimeSpan.Zero;
        await nodes[0].StepAsync(1);
        for (var night = 0; night < nights; night++)
        {
            now += TimeSpan.FromDays(1);
            var lastFault = now;
            for (var step = 0; ; step++)
            {
                foreach (var node in nodes)
                {
                    // Up to two minutes wrong, and now and then by hours, in either direction.
                    node.Time.Now = now + TimeSpan.FromSeconds(random.Next(-120, 120)) + (random.Next(200) == 0 ? TimeSpan.FromHours(random.Next(-30, 5)) : TimeSpan.Zero);
                    if (step < 12 && random.Next(8) == 0)
                    {
                        await node.KillAsync();
                        lastFault = now;
                    }
                    else
                    {
                        await node.StepAsync(random.Next(1, 4));
                    }
                }

                now += Step;
                if (step >= 12 && await OpenAsync(database) == 0)
                    break;
                Assert.That(step, Is.LessThan(200), $"night {night} does not end");
            }

            slowest = now - lastFault > slowest ? now - lastFault : slowest;
        }

        foreach (var node in nodes)
            await node.DisposeAsync();
        var list = await Nights.ListAsync(database);
        Assert.Multiple(() =>
        {
            Assert.That(list.Where(line => line.Split(' ')[2] != "complete"), Is.Empty);
            Assert.That(list, Is.Unique);
            Assert.That(list, Has.Count.EqualTo(nights).Or.EqualTo(nights + 1), "a clock that is ahead begins the next night early, once");
        });
        TestContext.Out.WriteLine($"{list.Count} nights, {await AttemptsAsync(database)} attempts of {list.Count * 4} tasks; slowest end after a fault {slowest}");
    }

    private static async Task<long> OpenAsync(TestDatabase database)
    {
        await using var connection = await database.Owner.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>("select count(*) from ops.night where state in ('due', 'running')");
    }

    private static async Task<long> AttemptsAsync(TestDatabase database)
    {
        await using var connection = await database.Owner.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>("select sum(attempts) from ops.night_task");
    }
}
