using EtlWarehouse.Loading.Staging;

namespace EtlWarehouse.IntegrationTests.Loading;

/// <summary>What was known at a past moment, after nights that corrected, returned and added reports.</summary>
public sealed class CellAsOfTests
{
    private const string Order = "order by agency_code, year, cell_code";

    private static readonly DateTimeOffset FirstNight = new(2025, 2, 1, 18, 30, 0, TimeSpan.Zero);

    private Warehouse warehouse = null!;

    [SetUp]
    public async Task Create() => warehouse = await Warehouse.CreateAsync();

    [TearDown]
    public async Task Drop()
    {
        if (warehouse is not null)
            await warehouse.DisposeAsync();
    }

    [Test]
    public async Task CellAsOf_EveryPastNight_IsWhatTheMartThenHeldByteForByte()
    {
        var first = At(0, 2024, 1, "first", "http://a.gov.cn/2024", new DateOnly(2025, 1, 20));
        var corrected = At(1, 2024, 2, "corrected", "http://a.gov.cn/2024", new DateOnly(2025, 1, 28));
        var undated = At(4, 2023, 9, "undated", "http://a.gov.cn/2023-again", null);
        var nights = new List<Func<Task>>
        {
            () => NightAsync(At(0, 2023, 5, "2023", "http://a.gov.cn/2023", new DateOnly(2024, 1, 20)), first),
            () => NightAsync(corrected, At(1, 2024, 7, "education", "http://a.gov.cn/education", null, "教育局", "education")),
            // The site shows the first bytes again, then a page that is no report.
            async () => { await CaptureAsync(first, Night(2)); await NightAsync(); },
            () => NightAsync(Documents.Refused("gone") with { Url = "http://a.gov.cn/2024", FirstSeenAt = Night(3) }),
            // A report that turns up late, one without any figure, and a new description of the agency.
            () => NightAsync(undated, At(4, 2022, null, "2022", "http://a.gov.cn/2022", null), At(4, 2025, 4, "2025", "http://a.gov.cn/2025", null, kind: "petitions")),
            async () => { await CaptureAsync(corrected, Night(5)); await NightAsync(); },
        };
        var exports = new List<string>();
        foreach (var night in nights)
        {
            await night();
            exports.Add(await ExportAsync($"mart.cell {Order}"));
        }

        Assert.Multiple(async () =>
        {
            for (var night = 0; night < nights.Count; night++)
                Assert.That(await ExportAsync($"dw.cell_as_of('{Night(night).AddHours(1):O}') {Order}"), Is.EqualTo(exports[night]), $"night {night}");
            Assert.That(await ExportAsync($"dw.cell_as_of('{FirstNight.AddHours(-1):O}')"), Is.EqualTo(await ExportAsync("mart.cell where false")));
        });
        Assert.That(exports.Distinct().Count(), Is.EqualTo(nights.Count - 1), "each night but that of the refused page changed something");
        Assert.That(
            await warehouse.RowsAsync<(decimal, int)>("""
                select cell.value, period.night
                from generate_series(0, 5) as period (night)
                cross join lateral dw.cell_as_of(timestamptz '2025-02-01 19:30Z' + period.night * interval '1 day') as cell
                where cell.agency_code = '410303/司法局' and cell.year = 2024 and cell.cell_code = 'requests.new/total'
                order by period.night
                """),
            Is.EqualTo(new[] { (1m, 0), (2m, 1), (1m, 2), (1m, 3), (1m, 4), (2m, 5) }));
    }

    [Test]
    public async Task CellAsOf_Columns_AreThoseOfTheMart()
    {
        const string Columns = "select string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' order by attnum) from pg_attribute where attrelid = '{0}'::regclass and attnum > 0";
        await warehouse.ExecuteAsync("create table as_of as select * from dw.cell_as_of(now()) limit 0");
        Assert.That(
            await warehouse.ScalarAsync<string>(Columns.Replace("{0}", "as_of", StringComparison.Ordinal)),
            Is.EqualTo(await warehouse.ScalarAsync<string>(Columns.Replace("{0}", "mart.cell", StringComparison.Ordinal))));
    }

    [Test]
    public async Task CellAsOf_Analyst_MayAsk()
    {
        await NightAsync(At(0, 2024, 1, "first", "http://a.gov.cn/2024", null));
        await using var command = warehouse.Database.Analyst.CreateCommand("select count(*), count(locator) from dw.cell_as_of('2025-03-01')");
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        Assert.That((reader.GetInt64(0), reader.GetInt64(1)), Is.EqualTo((200L, 200L)));
    }

    [Test]
    public async Task RunAsync_AddressThatReturnsToEarlierBytes_MakesThemCurrentAndKeepsTheEvidence()
    {
        var first = At(0, 2024, 1, "first", "http://a.gov.cn/2024", new DateOnly(2025, 1, 20));
        var corrected = At(1, 2024, 2, "corrected", "http://a.gov.cn/2024", new DateOnly(2025, 1, 28));
        await NightAsync(first);
        await NightAsync(corrected);
        await CaptureAsync(first, Night(2));
        var result = await warehouse.TransformAsync();

        Assert.That((result.DocumentsChanged, result.FactsChanged), Is.EqualTo((1L, 200L)));
        Assert.That(
            await warehouse.RowsAsync<(int, bool)>("select revision, is_current from dw.dim_document order by revision"), Is.EqualTo(new[] { (1, true), (2, false) }));
        Assert.That(await warehouse.ScalarAsync<decimal>("select sum(value) from mart.cell"), Is.EqualTo(200));
        Assert.That(
            await warehouse.RowsAsync<(string, DateTime)>("select kind, changed_at from mart.revision group by kind, changed_at order by changed_at"),
            Is.EqualTo(new[] { ("correction", Night(1).UtcDateTime), ("return", Night(2).UtcDateTime) }));
        Assert.That(await warehouse.ScalarAsync<long>("select count(*) from dw.document_capture"), Is.EqualTo(3));

        var hash = await warehouse.HashAsync();
        var idle = await warehouse.TransformAsync();
        Assert.That((idle.DocumentsChanged, idle.FactsChanged), Is.EqualTo((0L, 0L)));
        Assert.That(await warehouse.HashAsync(), Is.EqualTo(hash));
    }

    private static DateTimeOffset Night(int night) => FirstNight.AddDays(night);

    private static StagedDocument At(
        int night, int year, decimal? value, string name, string url, DateOnly? published, string body = "司法局", string kind = "justice") =>
        Documents.Report(year, value, body, kind: kind, published: published, firstSeenAt: Night(night), name: name) with { Url = url };

    /// <summary>A night that captures these documents for the first time.</summary>
    private async Task NightAsync(params StagedDocument[] documents)
    {
        foreach (var document in documents)
            await CaptureAsync(document, document.FirstSeenAt);
        await warehouse.LoadAsync(documents);
    }

    private Task CaptureAsync(StagedDocument document, DateTimeOffset seenAt) => warehouse.ExecuteAsync($"""
        insert into ops.capture (sha256, url, pipeline, pipeline_hash, site_code, first_seen_at)
        values ('{document.Sha256}', '{document.Url}', 'test', 'hash', 'site', '{seenAt:O}')
        """);

    private async Task<string> ExportAsync(string rows)
    {
        await using var connection = await warehouse.Database.Owner.OpenConnectionAsync();
        using var reader = await connection.BeginTextExportAsync($"copy (select * from {rows}) to stdout (format csv, header)");
        return await reader.ReadToEndAsync();
    }
}
