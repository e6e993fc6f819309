using EtlWarehouse.Crawling;
using EtlWarehouse.Crawling.Archive;
using EtlWarehouse.Crawling.Fetching;
using EtlWarehouse.Crawling.Journal;
using EtlWarehouse.Crawling.Pipelines;
using EtlWarehouse.IntegrationTests.Databases;
using EtlWarehouse.SiteSimulator;
using EtlWarehouse.SiteSimulator.Faults;

namespace EtlWarehouse.IntegrationTests.Crawling;

/// <summary>Crawls simulated sites over real HTTP into a real archive and database.</summary>
internal sealed class SimulatedCrawl : IAsyncDisposable
{
    private static readonly FetchLimits Limits = FetchLimits.Default with { Retries = 2 };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("etl-simulated-");
    private readonly List<SiteDefinition> _sites = [];

    private SimulatedCrawl(TestDatabase database, SimulatorServer server)
    {
        (Database, Server) = (database, server);
        Archive = new DocumentArchive(_folder.FullName);
    }

    public TestDatabase Database { get; }

    public SimulatorServer Server { get; }

    public DocumentArchive Archive { get; }

    public static async Task<SimulatedCrawl> StartAsync() => new(await TestDatabase.CreateAsync(), await SimulatorServer.StartAsync());

    /// <returns>The site that was added, at a host of its own.</returns>
    public SimulatedSite Add(string build, int seed, FaultPlan? faults = null)
    {
        var site = SiteBuilds.Make(build, seed, new Uri($"http://{Code(build, seed)}.gov.test"));
        Server.Add(site, faults);
        _sites.Add(new SiteDefinition(
            Code(build, seed), build, "990121", null, null, null, [new Uri(site.Absolute(site.Start))], SiteExpectation.None));
        return site;
    }

    public static string Code(string build, int seed) => $"{build}-{seed}";

    /// <summary>Visits all sites that were added, once.</summary>
    /// <param name="night">How many nights after this one.</param>
    public async Task<IReadOnlyDictionary<string, SiteVisit>> CrawlAsync(FetchLimits? limits = null, int night = 0)
    {
        var time = new EagerTime(TimeSpan.FromSeconds(50), DateTimeOffset.UtcNow.AddDays(night));
        var pipeline = new CrawlPipeline(
            "simulated", "模拟", null, "Asia/Shanghai", "test@example.org", new Politeness(TimeSpan.Zero, 2), AllowLoopback: true, null, [], _sites);
        await using var run = await CrawlRun.StartAsync(Database.Owner, pipeline.Name, time, CancellationToken.None);
        var crawler = new PipelineCrawler(pipeline, Archive, time, Server.Hosts, limits ?? Limits);
        var visits = await crawler.CrawlAsync(run, null, CancellationToken.None);
        await run.FinishAsync(visits.Max(visit => visit.Outcome), [], CancellationToken.None);
        return visits.ToDictionary(visit => visit.SiteCode);
    }

    /// <summary>Addresses of everything captured from a site.</summary>
    public ILookup<string, string> Captured() => Archive.Captures.ReadAll().ToLookup(capture => capture.SiteCode, capture => capture.Url);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Database.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
