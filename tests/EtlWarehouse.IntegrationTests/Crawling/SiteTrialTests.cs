using EtlWarehouse.App.Pipelines;
using EtlWarehouse.App.Samples;
using EtlWarehouse.Crawling;
using EtlWarehouse.Crawling.Pipelines;

namespace EtlWarehouse.IntegrationTests.Crawling;

/// <summary>A trial of the sample sites, over real HTTP and without a database.</summary>
public sealed class SiteTrialTests
{
    private static readonly CrawlPipeline Sample = PipelineFile.Load(Path.Combine(TestServer.Root, "pipelines", "sample.yml"));

    private SampleSites sites = null!;

    [OneTimeSetUp]
    public async Task Serve() => sites = await SampleSites.StartAsync(TestServer.Root + "/samples", CancellationToken.None);

    [OneTimeTearDown]
    public async Task Stop() => await sites.DisposeAsync();

    [TestCase("qinghe", 17)]
    [TestCase("yunxi", 16)]
    [TestCase("shiqiao", 16)]
    [TestCase("shili", 16)]
    public async Task Walk_SampleSite_ListsWhatARunWouldFetchAndKeepsNothing(string code, int reports)
    {
        var before = Leftovers();
        var tried = await TryAsync(Sample.Sites.Single(site => site.Code == code));
        Assert.Multiple(() =>
        {
            Assert.That((tried.Outcome, tried.Reasons), Is.EqualTo((CrawlOutcome.Complete, Array.Empty<CrawlReason>())));
            Assert.That(tried.Items.Count(item => item.SkipReason is null), Is.EqualTo(reports));
            Assert.That(tried.Items.Where(item => item.SkipReason is not null), Is.Not.Empty);
            Assert.That(Leftovers(), Is.EqualTo(before));
        });
    }

    [Test]
    public async Task Walk_SiteThatIsExpectedToHaveMore_SaysWhatIsMissing()
    {
        var tried = await TryAsync(Sample.Sites[0] with { Expect = new SiteExpectation(18, 2020, 2024) });
        Assert.That(tried.Reasons.Select(reason => reason.Code), Is.EqualTo(new[] { "expect.reports", "expect.years" }));
        Assert.That(tried.Outcome, Is.EqualTo(CrawlOutcome.Partial));
    }

    [Test]
    public async Task Walk_AddressThatIsNotThere_CannotBeListed()
    {
        var tried = await TryAsync(Sample.Sites[0] with { Start = [new Uri(Sample.Sites[0].Start[0], "/nothing/")] });
        Assert.That((tried.Outcome, tried.Items.Count, tried.Reasons[0].Code), Is.EqualTo((CrawlOutcome.Failed, 0, "list.failed")));
    }

    private static string[] Leftovers() => Directory.GetDirectories(Path.GetTempPath(), "etl-try-*");

    private Task<TriedSite> TryAsync(SiteDefinition site) =>
        new SiteTrial(Sample, TimeProvider.System, sites.Hosts).WalkAsync(site, CancellationToken.None);
}
