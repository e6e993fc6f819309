using System.Collections.Concurrent;
using Dapper;
using EtlWarehouse.Loading.Staging;
using EtlWarehouse.Loading.Transforms;
using Npgsql;

namespace EtlWarehouse.IntegrationTests.Loading;

/// <summary>What holds when something goes wrong, runs beside it, or is done once more from the start.</summary>
public sealed class TransformSafetyTests
{
    private Warehouse warehouse = null!;
    private DirectoryInfo sql = null!;

    [SetUp]
    public async Task Create()
    {
        warehouse = await Warehouse.CreateAsync();
        sql = Directory.CreateTempSubdirectory("etl-sql-");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(TestServer.Root, "sql"), "*.sql", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(sql.FullName, Path.GetRelativePath(Path.Combine(TestServer.Root, "sql"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    [TearDown]
    public async Task Drop()
    {
        sql?.Delete(recursive: true);
        if (warehouse is not null)
            await warehouse.DisposeAsync();
    }

    [Test]
    public async Task RunAsync_FailingCheck_TakesAllBackAndNamesTheRows()
    {
        await warehouse.LoadAsync(Documents.Report(2023));
        var before = await warehouse.HashAsync();
        await AddCheckAsync("no value above five", "fail", "select fact.cell_key, fact.value from dw.fact_cell as fact where fact.value > 5 order by fact.cell_key;");

        await warehouse.StageAsync(Documents.Report(2024, 6));
        await Assert.ThatAsync(
            () => warehouse.TransformAsync(sql.FullName),
            Throws.TypeOf<TransformException>().With.Message.Contains("'no value above five': expected no bad row, found 200: (cell_key=2021001, value=6)"));
        Assert.That(await warehouse.HashAsync(), Is.EqualTo(before));

        // What was staged waits for a transform that goes through.
        Assert.That((await warehouse.TransformAsync()).FactsInserted, Is.EqualTo(200));
    }

    [Test]
    public async Task RunAsync_WarningCheck_ReportsAndGoesOn()
    {
        await AddCheckAsync("no value above five", "warn", "select fact.cell_key from dw.fact_cell as fact where fact.value > 5;");
        await warehouse.StageAsync(Documents.Report(2024, 6));
        var result = await warehouse.TransformAsync(sql.FullName);
        Assert.That((result.FactsInserted, result.Warnings.Count), Is.EqualTo((200L, 1)));
    }

    [Test]
    public async Task RunAsync_BrokenStatement_NamesFileAndLine()
    {
        await File.AppendAllTextAsync(Path.Combine(sql.FullName, "dw/fact_check/transform.sql"), "\nselect no_such_column\nfrom dw.fact_check;\n");
        var line = (await File.ReadAllLinesAsync(Path.Combine(sql.FullName, "dw/fact_check/transform.sql"))).ToList().FindIndex(text => text.Contains("no_such_column", StringComparison.Ordinal)) + 1;
        await warehouse.StageAsync(Documents.Report(2024));
        await Assert.ThatAsync(
            () => warehouse.TransformAsync(sql.FullName), Throws.TypeOf<TransformException>().With.Message.Contains($"dw/fact_check/transform.sql line {line}:"));
    }

    [Test]
    public async Task RunAsync_ConnectionLostInTheMiddle_LeavesTheStateBefore()
    {
        await warehouse.LoadAsync(Documents.Report(2023));
        var before = await warehouse.HashAsync();
        await AddCheckAsync("slow", "fail", "select pg_sleep(60) where false or pg_sleep(60) is null;");
        await warehouse.StageAsync(Documents.Report(2024));

        var run = warehouse.TransformAsync(sql.FullName);
        int pid;
        while ((pid = await warehouse.ScalarAsync<int>("select coalesce(max(pid), 0) from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()")) == 0)
            Assert.That(run.IsCompleted, Is.False);
        await warehouse.ExecuteAsync($"select pg_terminate_backend({pid})");
        await Assert.ThatAsync(() => run, Throws.InstanceOf<Exception>());

        Assert.That(await warehouse.HashAsync(), Is.EqualTo(before));
        Assert.That((await warehouse.TransformAsync()).FactsInserted, Is.EqualTo(200));
    }

    [Test]
    public async Task RunAsync_WhileOthersRead_TheySeeOldOrNew()
    {
        const int LeastRounds = 100;
        const int LeastReads = 10_000;
        var start = new DateOnly(2025, 1, 1);
        await warehouse.LoadAsync(Documents.Report(2023, 1000, published: start), Documents.Report(2024, 1000, published: start));
        using var done = new CancellationTokenSource();
        var (reads, seen) = (0, new ConcurrentDictionary<decimal, bool>());
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(ReadAsync)).ToList();

        var round = 0;
        while ((round < LeastRounds || Volatile.Read(ref reads) < LeastReads) && !readers.Exists(reader => reader.IsFaulted))
        {
            round++;
            var published = start.AddDays(round);
            await warehouse.LoadAsync(
                Documents.Report(2023, 1000 + round, published: published), Documents.Report(2024, 1000 + round, published: published));
        }

        await done.CancelAsync();
        await Task.WhenAll(readers);
        TestContext.Out.WriteLine($"{reads} reads against {round} transforms, {seen.Count} states seen");
        Assert.That(seen, Has.Count.GreaterThan(LeastRounds / 4));

        // Facts and the summaries that the transform keeps of them, in one statement.
        async Task ReadAsync()
        {
            await using var connection = await warehouse.Database.Analyst.OpenConnectionAsync();
            while (!done.IsCancellationRequested)
            {
                var (least, greatest, facts, documents, measure) = await connection.QuerySingleAsync<(decimal, decimal, long, long, decimal)>(
                    "select min(value), max(value), count(*), count(distinct sha256), (select sum(reviews_upheld) from mart.agency_measure) from mart.cell");
                Assert.That((least, facts, documents, measure), Is.EqualTo((greatest, 400L, 2L, 2 * greatest)), "all facts and sums of one state, none missing");
                seen.TryAdd(least, true);
                Interlocked.Increment(ref reads);
            }
        }
    }

    [Test]
    public async Task RunAsync_ReplayIntoEmptiedDatabase_GivesTheSameRows()
    {
        // Loaded as it came, in batches: late years, corrections before originals, a kind that changes, renditions, unplaced, refused.
        StagedDocument[][] batches =
        [
            [Documents.Report(2023, 5), Documents.Report(2022, 4, kind: null), Documents.Refused("empty")],
            [Documents.Report(2024, 8, published: new DateOnly(2025, 3, 1), name: "corrected"), Documents.Report(2024, null, body: "教育局", kind: "education")],
            [Documents.Report(2021, 3), Documents.Report(2024, 7, published: new DateOnly(2025, 1, 20), name: "original")],
            [Documents.Report(2023, 5, name: "rendition", firstSeenAt: new DateTimeOffset(2023, 12, 31, 23, 0, 0, TimeSpan.Zero)), Documents.Report(2024, division: null)],
            [Documents.Report(2021, 2, division: "410307", body: "财政局", kind: "finance"), Documents.Report(2020, 2, division: "410381", body: "财政局", kind: "finance")],
        ];
        foreach (var batch in batches)
            await warehouse.LoadAsync(batch);

        await using var other = await Warehouse.CreateAsync();
        await other.ExecuteAsync($"alter database {other.Database.Name} set timezone to 'America/Los_Angeles'; alter database {other.Database.Name} set datestyle to 'SQL, DMY'");
        NpgsqlConnection.ClearAllPools();
        await other.LoadAsync([.. batches.SelectMany(batch => batch).OrderBy(document => document.FirstSeenAt).ThenBy(document => document.Sha256, StringComparer.Ordinal)]);

        var hashes = await warehouse.HashAsync();
        TestContext.Out.WriteLine(string.Join(Environment.NewLine, hashes));
        Assert.That(await other.HashAsync(), Is.EqualTo(hashes));
        Assert.That(hashes.Single(hash => hash.Table == "dw.fact_cell").Rows, Is.EqualTo(7 * 200));
    }

    private Task AddCheckAsync(string name, string severity, string query) =>
        File.AppendAllTextAsync(Path.Combine(sql.FullName, "dw/fact_cell/checks.sql"), $"\n-- check: {name}\n-- severity: {severity}\n{query}\n");
}
