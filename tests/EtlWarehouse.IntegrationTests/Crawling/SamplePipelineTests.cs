using System.Text.Json;
using Dapper;
using EtlWarehouse.App.Pipelines;
using EtlWarehouse.App.Samples;
using EtlWarehouse.Crawling;
using EtlWarehouse.Crawling.Archive;
using EtlWarehouse.Crawling.Journal;
using EtlWarehouse.Crawling.Pipelines;
using EtlWarehouse.IntegrationTests.Databases;

namespace EtlWarehouse.IntegrationTests.Crawling;

/// <summary>The sample pipeline as <c>./etl run</c> crawls it.</summary>
public sealed class SamplePipelineTests
{
    private const int Reports = 65;

    private readonly CrawlPipeline _pipeline = PipelineFile.Load(Path.Combine(TestServer.Root, "pipelines", "sample.yml"));
    private DirectoryInfo _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("etl-archive-");

    [TearDown]
    public void RemoveFolder() => _folder.Delete(recursive: true);

    [Test]
    public async Task CrawlAsync_Sample_IsCompleteAndUnchangedTheSecondTime()
    {
        await using var database = await TestDatabase.CreateAsync();
        var archive = new DocumentArchive(_folder.FullName);
        var first = await CrawlAsync(database, archive);
        var captures = archive.Captures.ReadAll();
        var second = await CrawlAsync(database, archive);

        Assert.Multiple(() =>
        {
            Assert.That(first.SelectMany(visit => visit.Reasons), Is.Empty);
            Assert.That(first.Select(visit => visit.Outcome), Is.All.EqualTo(CrawlOutcome.Complete));
            Assert.That(first.Sum(visit => visit.Fetched), Is.EqualTo(Reports));
            Assert.That(first.Sum(visit => visit.Skipped), Is.EqualTo(12), "three look-alikes a site");
            Assert.That(second.Select(visit => visit.Outcome), Is.All.EqualTo(CrawlOutcome.Complete));
            Assert.That(second.Sum(visit => visit.Fetched), Is.Zero);
            Assert.That(second.Sum(visit => visit.Unchanged), Is.EqualTo(Reports));
            Assert.That(archive.Captures.ReadAll().Select(capture => (capture.Sha256, capture.Url)),
                Is.EqualTo(captures.Select(capture => (capture.Sha256, capture.Url))));
        });
    }

    [Test]
    public async Task CrawlAsync_SecondTime_AsksConditionally()
    {
        await using var database = await TestDatabase.CreateAsync();
        var archive = new DocumentArchive(_folder.FullName);
        await CrawlAsync(database, archive);
        await CrawlAsync(database, archive);

        await using var connection = await database.Owner.OpenConnectionAsync();
        var statuses = await connection.QueryAsync<(int Status, long Count)>(
            "select http_status, count(*) from ops.fetch where run_id = 2 group by http_status order by http_status");
        Assert.That(statuses.Select(status => status.Status), Is.EqualTo(new[] { 304 }));
    }

    [Test]
    public async Task CrawlAsync_Sample_CapturesEveryReportOfTheTruth()
    {
        await using var database = await TestDatabase.CreateAsync();
        var archive = new DocumentArchive(_folder.FullName);
        await CrawlAsync(database, archive);

        var captures = archive.Captures.ReadAll().ToDictionary(capture => capture.Url);
        var truths = Directory.GetFiles(Path.Combine(TestServer.Root, "tests", "fixtures", "samples"), "*.json", SearchOption.AllDirectories);
        Assert.That(truths, Has.Length.EqualTo(Reports));
        foreach (var file in truths)
        {
            using var truth = JsonDocument.Parse(await File.ReadAllBytesAsync(file));
            string Text(string name) => truth.RootElement.GetProperty(name).GetString()!;
            var capture = captures[Text("url")];
            var body = await File.ReadAllBytesAsync(Path.Combine(TestServer.Root, "samples", Text("file")));
            Assert.Multiple(() =>
            {
                Assert.That(archive.Bodies.Read(capture.Sha256), Is.EqualTo(body));
                Assert.That(capture.ListTitle, Is.EqualTo(Text("list_title")));
                Assert.That($"{capture.ListDate:yyyy-MM-dd}", Is.EqualTo(Text("published")));
                Assert.That(capture.DivisionCode, Is.EqualTo(Text("division_code")));
            });
        }
    }

    [Test]
    public async Task CrawlAsync_Captures_StandInTheDatabaseAsInTheArchive()
    {
        await using var database = await TestDatabase.CreateAsync();
        var archive = new DocumentArchive(_folder.FullName);
        await CrawlAsync(database, archive);

        await using var connection = await database.Owner.OpenConnectionAsync();
        var rows = (await connection.QueryAsync<(string Sha256, string Url, DateTime FirstSeenAt, DateOnly? ListDate)>(
            "select sha256, url, first_seen_at, list_date from ops.capture order by first_seen_at, sha256 collate \"C\", url collate \"C\"")).AsList();
        Assert.That(rows, Is.EqualTo(archive.Captures.ReadAll().Select(capture =>
            (capture.Sha256, capture.Url, capture.FirstSeenAt.UtcDateTime, capture.ListDate))));

        await connection.ExecuteAsync("truncate ops.capture");
        Assert.That(await CaptureTable.AddAsync(connection, archive.Captures.ReadAll(), CancellationToken.None), Is.EqualTo(Reports));
    }

    private async Task<IReadOnlyList<SiteVisit>> CrawlAsync(TestDatabase database, DocumentArchive archive)
    {
        await using var sites = await SampleSites.StartAsync(Path.Combine(TestServer.Root, _pipeline.Serve!), CancellationToken.None);
        await using var run = await CrawlRun.StartAsync(database.Owner, _pipeline.Name, TimeProvider.System, CancellationToken.None);
        var crawler = new PipelineCrawler(_pipeline, archive, TimeProvider.System, sites.Hosts);
        var visits = await crawler.CrawlAsync(run, progress: null, CancellationToken.None);
        await run.FinishAsync(CrawlOutcome.Complete, [], CancellationToken.None);
        return visits;
    }
}
