using Dapper;
using EtlWarehouse.IntegrationTests.Databases;

namespace EtlWarehouse.IntegrationTests.Marts;

/// <summary>The tests of change alarm as seldom as they say on series that do not change, and find those that do.</summary>
public sealed class ChangeTests
{
    private const int Series = 2000;
    private const int Years = 6;

    private TestDatabase? database;

    [OneTimeSetUp]
    public async Task Create() => database = await TestDatabase.CreateAsync();

    [OneTimeTearDown]
    public async Task Drop()
    {
        if (database is not null)
            await database.DisposeAsync();
    }

    // By hand: sums of the binomial distribution with one half, doubled.
    [TestCase(0, 0, 1.0)]
    [TestCase(5, 5, 1.0)]
    [TestCase(0, 5, 0.0625)]          // 2 / 2^5
    [TestCase(10, 0, 0.001953125)]    // 2 / 2^10
    [TestCase(3, 9, 0.14599609375)]   // 2 (1 + 12 + 66 + 220) / 2^12
    [TestCase(2, 28, 8.679926395416260e-7)] // 2 (1 + 30 + 435) / 2^30
    public async Task PoissonChange_TwoYears_IsTheExactTest(int before, int after, double expected)
    {
        Assert.That(await ScalarAsync<double>($"select mart.poisson_change({before}, 1, {after}, 1)"), Is.EqualTo(expected).Within(1e-9 * expected));
        Assert.That(await ScalarAsync<double>($"select mart.poisson_change({after}, 1, {before}, 1)"), Is.EqualTo(expected).Within(1e-9 * expected));
    }

    [Test]
    public async Task PoissonChange_UnequalYears_WeighsThem()
    {
        // 8 in one year after 0 in three: each has one quarter of a chance to fall into the last year.
        Assert.That(await ScalarAsync<double>("select mart.poisson_change(0, 3, 8, 1)"), Is.EqualTo(2 * Math.Pow(0.25, 8)).Within(1e-15));
        Assert.That(await ScalarAsync<double>("select mart.poisson_change(3000000, 3, 1000000, 1)"), Is.EqualTo(1).Within(0.01));
        Assert.That(await ScalarAsync<double>("select mart.poisson_change(1, 1, 1000000, 1)"), Is.LessThan(1e-100));
    }

    [TestCase("mart.poisson_change(1.5, 1, 2, 1)")]
    [TestCase("mart.poisson_change(-1, 1, 2, 1)")]
    [TestCase("mart.poisson_change(null, 1, 2, 1)")]
    [TestCase("(mart.poisson_change_point(array[1, 2, 3])).adjusted_p")]   // three years are no series
    [TestCase("(mart.poisson_change_point(array[1, 2, 0.5, 3])).adjusted_p")]
    public async Task Change_OfNoCounts_IsNull(string expression) => Assert.That(await ScalarAsync<double?>($"select {expression}"), Is.Null);

    [TestCase(0.5)]
    [TestCase(3)]
    [TestCase(20)]
    [TestCase(300)]
    public async Task ChangePoint_SeriesOfOneRate_AlarmsAtMostOnceInAHundred(double mean)
    {
        var alarms = await AlarmsAsync(random => Enumerable.Repeat(mean, Years).Select(rate => Poisson(random, rate)), ChangePoint);
        Assert.That(alarms, Is.LessThanOrEqualTo(0.01), "share of series flagged");
        await TestContext.Out.WriteLineAsync($"mean {mean}: {alarms:P2} of {Series} series flagged");
    }

    [TestCase(0.5)]
    [TestCase(3)]
    [TestCase(20)]
    [TestCase(300)]
    public async Task YearOnYear_SeriesOfOneRate_AlarmsAtMostOnceInAHundred(double mean)
    {
        var alarms = await AlarmsAsync(random => Enumerable.Repeat(mean, Years).Select(rate => Poisson(random, rate)), Jump);
        Assert.That(alarms, Is.LessThanOrEqualTo(0.01), "share of series with a jump");
        await TestContext.Out.WriteLineAsync($"mean {mean}: {alarms:P2} of {Series} series flagged");
    }

    [TestCase(5, 20)]
    [TestCase(30, 60)]
    public async Task ChangePoint_LevelThatMovesInTheMiddle_IsFound(double before, double after) =>
        Assert.That(
            await AlarmsAsync(random => Enumerable.Range(0, Years).Select(year => Poisson(random, year < Years / 2 ? before : after)), ChangePoint),
            Is.GreaterThan(0.9));

    [Test]
    public async Task YearOnYear_FourfoldYear_IsFound() =>
        Assert.That(
            await AlarmsAsync(random => Enumerable.Range(0, Years).Select(year => Poisson(random, year == 3 ? 60 : 15)), Jump),
            Is.GreaterThan(0.9));

    // As mart.change_point flags.
    private const string ChangePoint = """
        select avg(case when found.adjusted_p <= 0.01 then 1.0 else 0 end)
        from simulated
        cross join lateral mart.poisson_change_point(simulated.counts) as found
        """;

    // As mart.year_on_year flags: Holm's first step decides whether any pair is.
    private const string Jump = """
        select avg(case when tested.least_p * (cardinality(simulated.counts) - 1) <= 0.01 then 1.0 else 0 end)
        from simulated
        cross join lateral (
            select min(mart.poisson_change(simulated.counts[pair.place], 1, simulated.counts[pair.place + 1], 1)) as least_p
            from generate_series(1, cardinality(simulated.counts) - 1) as pair (place)
        ) as tested
        """;

    private async Task<decimal> AlarmsAsync(Func<Random, IEnumerable<decimal>> series, string query)
    {
        var random = new Random(7);
        var counts = Enumerable.Range(0, Series).SelectMany(_ => series(random)).ToArray();
        await using var connection = await database!.Owner.OpenConnectionAsync();
        await connection.ExecuteAsync("""
            create temporary table simulated as
            select ((place - 1) / @Years)::integer as series, array_agg(value order by place) as counts
            from unnest(@counts) with ordinality as given (value, place)
            group by 1
            """, new { counts, Years });
        return await connection.QuerySingleAsync<decimal>(query);
    }

    private async Task<T?> ScalarAsync<T>(string query)
    {
        await using var connection = await database!.Analyst.OpenConnectionAsync();
        return await connection.QuerySingleAsync<T?>(query);
    }

    /// <summary>By the times between events, which needs no tables and is exact.</summary>
    private static decimal Poisson(Random random, double mean)
    {
        var count = 0;
        for (var time = -Math.Log(1 - random.NextDouble()); time < mean; time -= Math.Log(1 - random.NextDouble()))
            count++;
        return count;
    }
}
