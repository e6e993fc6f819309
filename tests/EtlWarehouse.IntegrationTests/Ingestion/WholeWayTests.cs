using System.Text.Json;
using EtlWarehouse.Crawling;

namespace EtlWarehouse.IntegrationTests.Ingestion;

/// <summary>From the sample sites and from files to the marts, as the commands do it.</summary>
public sealed class WholeWayTests
{
    private Warehouse warehouse = null!;

    [SetUp]
    public async Task Create() => warehouse = await Warehouse.CreateAsync();

    [TearDown]
    public async Task Remove() => await warehouse.DisposeAsync();

    [Test]
    public async Task Run_Sample_IsCompleteAndChangesNothingTheSecondTime()
    {
        var first = await warehouse.RunSampleAsync();
        var hash = await warehouse.HashAsync();
        var second = await warehouse.RunSampleAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((first.Outcome, first.Reasons), Is.EqualTo((CrawlOutcome.Complete, Array.Empty<string>())));
            Assert.That(first.Update!.Staged, Is.EqualTo(65));
            // 16 agencies, 4 years, 200 cells; the republished report counts once.
            Assert.That(first.Update.Transform.FactsInserted, Is.EqualTo(16 * 4 * 200));
            Assert.That(second.Outcome, Is.EqualTo(CrawlOutcome.Complete));
            Assert.That((second.Update!.Staged, second.Update.Transform.DocumentsChanged), Is.EqualTo((0, 0L)));
            Assert.That(second.Update.Transform.FactsInserted + second.Update.Transform.FactsChanged + second.Update.Transform.FactsRemoved, Is.Zero);
            Assert.That(await warehouse.HashAsync(), Is.EqualTo(hash));
        }
    }

    [Test]
    public async Task Run_Sample_GivesEveryCellOfTheTruthInTheMart()
    {
        await warehouse.RunSampleAsync();
        var cells = (await warehouse.QueryAsync<(string Agency, int Year, string Code, decimal? Value, string State)>(
            "select agency_name, year, cell_code, value, state::text from mart.cell"))
            .ToDictionary(cell => (cell.Agency, cell.Year, cell.Code), cell => (cell.Value, cell.State));

        var compared = 0;
        foreach (var file in Directory.GetFiles(Path.Combine(TestServer.Root, "tests", "fixtures", "samples"), "*.json", SearchOption.AllDirectories))
        {
            using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(file));
            var truth = json.RootElement;
            // The report that was republished later does not stand any more.
            if (truth.GetProperty("agency").GetString() is var agency && truth.GetProperty("year").GetInt32() is var year
                && await IsReplacedAsync(truth.GetProperty("url").GetString()!))
            {
                continue;
            }

            foreach (var cell in truth.GetProperty("cells").EnumerateObject())
            {
                var (value, state) = cells[(agency!, year, cell.Name)];
                var expected = cell.Value.ValueKind == JsonValueKind.Number
                    ? ((decimal?)cell.Value.GetDecimal(), "reported")
                    : (null, cell.Value.GetString()!);
                Assert.That((value, state), Is.EqualTo(expected), $"{agency} {year} {cell.Name}");
                compared++;
            }
        }

        Assert.That(compared, Is.EqualTo(16 * 4 * 200));
    }

    [Test]
    public async Task Run_RepublishedReport_KeepsBothRevisionsAndShowsTheLast()
    {
        await warehouse.RunSampleAsync();
        var revisions = await warehouse.QueryAsync<(int Revision, bool IsCurrent, DateOnly PublishedOn)>("""
            select document.revision, document.is_current, document.published_on
            from dw.dim_document as document
            inner join (
                select agency_key, year_key from dw.dim_document group by agency_key, year_key having count(*) > 1
            ) as twice using (agency_key, year_key)
            order by document.revision
            """);
        Assert.That(revisions.Select(revision => (revision.Revision, revision.IsCurrent)), Is.EqualTo(new[] { (1, false), (2, true) }));
        Assert.That(revisions[0].PublishedOn, Is.LessThan(revisions[1].PublishedOn));
    }

    [Test]
    public async Task Run_BrokenSum_StaysAsPublishedAndIsFlagged()
    {
        await warehouse.RunSampleAsync();
        var failed = await warehouse.QueryAsync<(string Check, decimal Left, decimal Right)>("""
            select rule.check_code, fact.left_value, fact.right_value
            from dw.fact_check as fact
            inner join dw.dim_check as rule using (check_key)
            where fact.status = 'fail'
            """);
        Assert.That(failed, Is.Not.Empty.And.All.Matches<(string, decimal Left, decimal Right)>(check => check.Left != check.Right));
        var flagged = await warehouse.QueryAsync<string>("select distinct agency_name || year from mart.reconciliation where failed > 0");
        Assert.That(flagged, Is.EqualTo(new[] { "云溪县教育局2022" }));
    }

    [Test]
    public async Task Replay_OnAnEmptiedDatabase_GivesTheSameWarehouseRowForRow()
    {
        await warehouse.RunSampleAsync();
        var before = await warehouse.HashAsync();
        await warehouse.EmptyDatabaseAsync();

        var replay = await warehouse.UpdateAsync(everything: true);

        var after = await warehouse.HashAsync();
        foreach (var table in after)
            TestContext.Out.WriteLine($"{table.Sha256}  {table.Table} ({table.Rows} rows)");
        Assert.That(replay.Read, Is.EqualTo(65));
        Assert.That(after, Is.EqualTo(before));
        Assert.That(after.Single(table => table.Table == "dw.fact_cell").Rows, Is.EqualTo(12800));
    }

    [Test]
    public async Task Replay_OverAFullDatabase_ChangesNothing()
    {
        await warehouse.RunSampleAsync();
        var before = await warehouse.HashAsync();
        var replay = await warehouse.UpdateAsync(everything: true);
        Assert.That((replay.Read, replay.Staged, replay.Transform.DocumentsChanged), Is.EqualTo((65, 0, 0L)));
        Assert.That(await warehouse.HashAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Update_DamagedBody_IsNamedAndTheOthersAreRead()
    {
        await warehouse.RunSampleAsync();
        await warehouse.EmptyDatabaseAsync();
        var victim = warehouse.Archive.Captures.ReadAll()[7];
        var file = Path.Combine(warehouse.Archive.Root, "bodies", victim.Sha256[..2], victim.Sha256[2..4], victim.Sha256 + ".gz");
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);

        var update = await warehouse.UpdateAsync();

        Assert.That(update.Unread.Select(document => (document.Url, document.Code)), Is.EqualTo(new[] { (victim.Url, "archive.corrupt") }));
        Assert.That(update.Staged, Is.EqualTo(64));
    }

    [Test]
    public async Task Update_FacsimileOfACapturedPage_IsNoReportOfItsOwn()
    {
        await warehouse.RunSampleAsync();
        var before = await warehouse.HashAsync();
        var page = warehouse.Archive.Captures.ReadAll().First(capture => capture.PageUrl is null);
        // It would read as a corrected report: the same text with other bytes.
        var body = warehouse.Archive.Bodies.Read(page.Sha256).Append((byte)'\n').ToArray();
        warehouse.Archive.Captures.Add(page with
        {
            Sha256 = warehouse.Archive.Bodies.Add(body), Url = page.Url + ".facsimile", PageUrl = page.Url, FirstSeenAt = page.FirstSeenAt.AddDays(1),
        });

        var update = await warehouse.UpdateAsync();

        Assert.That(update.Read, Is.Zero);
        Assert.That(await warehouse.HashAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Import_FileThatReturnsToItsFirstBytes_IsCurrentAgainAndReplaysRowForRow()
    {
        var folder = Directory.CreateTempSubdirectory("etl-input-");
        try
        {
            // The site's own pages, as if they stood in a district of the register.
            var pages = Path.Combine(TestServer.Root, "samples", "qinghe", "zfxxgk", "fdzdgknr", "ndbg");
            var (first, corrected) = (await PageAsync("202401/t20240113_30369.html"), await PageAsync("202403/t20240305_30406.html"));
            var file = Path.Combine(folder.FullName, "report.html");
            var nights = new List<(DateTimeOffset At, string Cells)>();
            foreach (var page in new[] { first, corrected, first })
            {
                await File.WriteAllTextAsync(file, page);
                await warehouse.ImportAsync(file);
                nights.Add((DateTimeOffset.UtcNow, await ExportAsync("mart.cell")));
            }

            Assert.That(nights[2].Cells, Is.EqualTo(nights[0].Cells).And.Not.EqualTo(nights[1].Cells));
            var hash = await warehouse.HashAsync();
            await warehouse.EmptyDatabaseAsync();
            await warehouse.UpdateAsync();
            Assert.That(await warehouse.HashAsync(), Is.EqualTo(hash));
            foreach (var (at, cells) in nights)
                Assert.That(await ExportAsync($"dw.cell_as_of('{at:O}')"), Is.EqualTo(cells));

            async Task<string> PageAsync(string name) =>
                (await File.ReadAllTextAsync(Path.Combine(pages, name))).Replace("青禾县", "洛阳市西工区", StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Test]
    public async Task Import_ReferenceReports_GiveTheirTruthInTheMart()
    {
        var shared = Path.Combine(Path.GetDirectoryName(TestServer.Root)!, "shared");
        if (!Directory.Exists(Path.Combine(shared, "seeds")))
        {
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail($"expected the reference reports in {shared}, found nothing");
            Assert.Ignore($"SKIPPED: no reference reports in {shared}");
        }

        var (unread, update) = await warehouse.ImportAsync(Path.Combine(shared, "seeds"));

        Assert.That((unread.Count, update.Transform.FactsInserted, update.Transform.Unplaced), Is.EqualTo((0, 1000L, 0L)));
        Assert.That(await warehouse.QueryAsync<string>("select status::text from dw.fact_check"), Has.Count.EqualTo(5 * 42).And.All.EqualTo("pass"));
        // The prose of one of them names a sum that its parts do not make.
        Assert.That(
            await warehouse.QueryAsync<(string, int, string, decimal, decimal)>(
                "select agency_name, year, measure_code, value, table_value from mart.narrative where not agrees"),
            Is.EqualTo(new[] { ("许昌市司法局", 2023, "sum.parts", 3585m, 3385m) }));
        foreach (var file in Directory.GetFiles(Path.Combine(shared, "reference", "seed-truth"), "*.json"))
        {
            using var truth = JsonDocument.Parse(await File.ReadAllBytesAsync(file));
            var cells = (await warehouse.QueryAsync<(string Code, decimal? Value, string State, string Division, string Agency, int Year)>(
                "select cell_code, value, state::text, division_code, agency_name, year from mart.cell where sha256 = @hash",
                new { hash = truth.RootElement.GetProperty("sha256").GetString() })).ToDictionary(cell => cell.Code);
            Assert.That(cells, Has.Count.EqualTo(200));
            Assert.That(
                cells.Values.Select(cell => (cell.Division, cell.Agency, cell.Year)).Distinct(),
                Is.EqualTo(new[] { (truth.RootElement.GetProperty("division_code").GetString(), truth.RootElement.GetProperty("agency").GetString(), truth.RootElement.GetProperty("year").GetInt32()) }));
            Assert.That(
                truth.RootElement.GetProperty("cells").EnumerateObject().Where(cell => cells[cell.Name].State != "reported" || cells[cell.Name].Value != cell.Value.GetDecimal()).Select(cell => cell.Name),
                Is.Empty);
        }
    }

    [Test]
    public async Task Import_FolderWithoutRights_IsNamedAndTheOthersAreRead()
    {
        var inputs = Directory.CreateTempSubdirectory("etl-input-");
        try
        {
            var closed = inputs.CreateSubdirectory("closed");
            var report = Directory.GetFiles(Path.Combine(TestServer.Root, "samples", "yunxi", "art"), "*.html", SearchOption.AllDirectories)[0];
            File.Copy(report, Path.Combine(inputs.FullName, "report.html"));
            File.SetUnixFileMode(closed.FullName, UnixFileMode.None);
            if (CanList(closed))
                Assert.Ignore("SKIPPED: no folder is closed to root");

            var (unread, update) = await warehouse.ImportAsync(inputs.FullName);

            Assert.That(unread.Select(document => (document.Url, document.Code)), Is.EqualTo(new[] { (closed.FullName, "folder.unreadable") }));
            Assert.That(update.Staged, Is.EqualTo(1));
        }
        finally
        {
            inputs.Delete(recursive: true);
        }
    }

    private static bool CanList(DirectoryInfo folder)
    {
        try
        {
            return folder.GetFiles().Length >= 0;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private async Task<string> ExportAsync(string rows)
    {
        await using var connection = await warehouse.Database.Owner.OpenConnectionAsync();
        using var reader = await connection.BeginTextExportAsync(
            $"copy (select * from {rows} order by agency_code, year, cell_code) to stdout (format csv, header)");
        return await reader.ReadToEndAsync();
    }

    private async Task<bool> IsReplacedAsync(string url) =>
        (await warehouse.QueryAsync<bool>("select not is_current from dw.dim_document where url = @url", new { url })).Single();
}
