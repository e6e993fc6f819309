using Dapper;
using EtlWarehouse.Crawling.Pipelines;
using EtlWarehouse.IntegrationTests.Databases;

namespace EtlWarehouse.IntegrationTests.Jobs;

internal static class Nights
{
    public static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A pipeline of sites a, b, ...; nothing is fetched of them.</summary>
    public static CrawlPipeline Pipeline(string name = "p", string schedule = "30 2 * * *", string zone = "UTC", int sites = 2) => new(
        name, name, schedule, zone, "me@example.org", Politeness.Default, false, null, [],
        [.. Enumerable.Range(0, sites).Select(index => new SiteDefinition(
            ((char)('a' + index)).ToString(), "site", null, null, null, null, [new Uri("http://www.example.gov.cn/")], SiteExpectation.None))]);

    /// <summary>A line a night: when it was due, its state, and the code of its first reason.</summary>
    public static async Task<IReadOnlyList<string>> ListAsync(TestDatabase database)
    {
        await using var connection = await database.Owner.OpenConnectionAsync();
        return (await connection.QueryAsync<string>(
            """
            select to_char(due_at at time zone 'UTC', 'MM-DD HH24:MI') || ' ' || state || coalesce(' ' || split_part(reasons[1], ':', 1), '')
            from ops.night
            order by pipeline, due_at
            """)).AsList();
    }
}
