using EtlWarehouse.Crawling;
using EtlWarehouse.Crawling.Archive;
using EtlWarehouse.Crawling.Journal;
using EtlWarehouse.Crawling.Pipelines;
using EtlWarehouse.IntegrationTests.Databases;

namespace EtlWarehouse.IntegrationTests.Crawling;

/// <summary>A site with a list of three reports, an archive and a database, of each test its own.</summary>
public abstract class CrawlFixture
{
    protected LoopbackSite Site { get; private set; } = null!;

    protected TestDatabase Database { get; private set; } = null!;

    /// <summary>Could be a home: the archive lies below it as there.</summary>
    protected DirectoryInfo Folder { get; private set; } = null!;

    protected DocumentArchive Archive { get; private set; } = null!;

    [SetUp]
    public async Task Start()
    {
        Database = await TestDatabase.CreateAsync();
        Site = await LoopbackSite.StartAsync();
        Folder = Directory.CreateTempSubdirectory("etl-archive-");
        Archive = new DocumentArchive(Path.Combine(Folder.FullName, "archive"));
        Site.ReportList("/list.html", "甲局", "乙局", "丙局");
    }

    [TearDown]
    public async Task Stop()
    {
        await Site.DisposeAsync();
        await Database.DisposeAsync();
        Folder.Delete(recursive: true);
    }

    /// <summary>One run to its end.</summary>
    protected async Task<IReadOnlyList<SiteVisit>> CrawlAsync(CrawlPipeline pipeline, TimeProvider time)
    {
        await using var run = await CrawlRun.StartAsync(Database.Owner, pipeline.Name, time, CancellationToken.None);
        var visits = await new PipelineCrawler(pipeline, Archive, time, Site.Served).CrawlAsync(run, null, CancellationToken.None);
        await run.FinishAsync(visits.Max(visit => visit.Outcome), [], CancellationToken.None);
        return visits;
    }
}
