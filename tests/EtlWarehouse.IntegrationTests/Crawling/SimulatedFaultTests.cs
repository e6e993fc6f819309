using EtlWarehouse.Crawling;
using EtlWarehouse.Crawling.Fetching;
using EtlWarehouse.SiteSimulator;
using EtlWarehouse.SiteSimulator.Faults;

namespace EtlWarehouse.IntegrationTests.Crawling;

/// <summary>What goes wrong at a site: what passes is waited out, what stays is named, and nothing wrong is kept.</summary>
public sealed class SimulatedFaultTests
{
    private static readonly string[] Builds =
    [
        "trs", "trs-inline", "hanweb", "hanweb-nextgroup", "hanweb-annual", "jpaas", "fujian", "anhui",
        "vsb", "vsb-dynamic", "query", "numbered", "columns", "front-page", "attachments",
    ];

    [TestCase(SiteFault.Busy)]
    [TestCase(SiteFault.TooMany)]
    [TestCase(SiteFault.Slow)]
    [TestCase(SiteFault.Truncated)]
    [TestCase(SiteFault.TwoBytes)]
    [TestCase(SiteFault.Moved)]
    public async Task CrawlAsync_PassingFault_IsComplete(SiteFault fault)
    {
        await using var crawl = await SimulatedCrawl.StartAsync();
        var sites = Builds.Select((build, index) =>
        {
            var faults = FaultPlan.Passing(fault, index, 40);
            return (Code: SimulatedCrawl.Code(build, 20 + index), Site: crawl.Add(build, 20 + index, faults), Faults: faults);
        }).ToList();
        var visits = await crawl.CrawlAsync();
        var captured = crawl.Captured();
        Assert.Multiple(() =>
        {
            Assert.That(sites.Sum(site => site.Faults.Struck), Is.GreaterThan(Builds.Length));
            foreach (var (code, site, _) in sites)
            {
                Assert.That(visits[code].Reasons, Is.Empty, code);
                Assert.That(captured[code], Is.EquivalentTo(site.Expected), code);
                Assert.That(visits[code].Outcome, Is.EqualTo(CrawlOutcome.Complete), code);
            }
        });
    }

    [TestCase(SiteFault.Busy)]
    [TestCase(SiteFault.Truncated)]
    [TestCase(SiteFault.Mojibake)]
    [TestCase(SiteFault.MovedToFront)]
    [TestCase(SiteFault.SoftNotFound)]
    [TestCase(SiteFault.Deleted)]
    public async Task CrawlAsync_SomeReportsAreNotThere_AreNamedAndTheOthersKept(SiteFault fault)
    {
        await using var crawl = await SimulatedCrawl.StartAsync();
        var sites = AddWithLosses(crawl, fault);
        var visits = await crawl.CrawlAsync();
        var captured = crawl.Captured();
        Assert.Multiple(() =>
        {
            foreach (var (code, left) in sites)
            {
                // An attachment stays unknown where its page is gone.
                Assert.That(captured[code], code.StartsWith("attachments", StringComparison.Ordinal) ? Is.SubsetOf(left) : Is.EquivalentTo(left), code);
                Assert.That(visits[code].Outcome, Is.EqualTo(CrawlOutcome.Partial), code);
                Assert.That(visits[code].Failed, Is.Positive, code);
                Assert.That(visits[code].Reasons.Count(reason => reason.Code == "document.failed"), Is.EqualTo(visits[code].Failed), code);
            }
        });
    }

    [TestCase(SiteFault.Blocked)]
    [TestCase(SiteFault.ScriptWall)]
    [TestCase(SiteFault.TwoBytes)]
    public async Task CrawlAsync_SomeReportsStandBehindAWall_EachNightEndsThereAndTheOthersAreKeptInTime(SiteFault fault)
    {
        // As many as a site has reports behind the wall, since each night may meet another one first.
        const int Nights = 12;
        await using var crawl = await SimulatedCrawl.StartAsync();
        var sites = AddWithLosses(crawl, fault);
        for (var night = 0; night < Nights; night++)
        {
            var visits = await crawl.CrawlAsync(night: night);
            Assert.Multiple(() =>
            {
                foreach (var (code, _) in sites)
                {
                    Assert.That(visits[code].Outcome, Is.EqualTo(CrawlOutcome.Partial), code);
                    Assert.That(visits[code].Reasons.Count(reason => reason.Code.StartsWith("wall.", StringComparison.Ordinal) || reason.Code == "answer.empty"), Is.LessThanOrEqualTo(1), code);
                }
            });
        }

        var captured = crawl.Captured();
        Assert.Multiple(() =>
        {
            foreach (var (code, left) in sites)
                Assert.That(captured[code], code.StartsWith("attachments", StringComparison.Ordinal) ? Is.SubsetOf(left) : Is.EquivalentTo(left), code);
        });
    }

    /// <returns>The sites, and of each the reports that are there.</returns>
    private static List<(string Code, HashSet<string> Left)> AddWithLosses(SimulatedCrawl crawl, SiteFault fault) =>
    [
        .. Builds.Select((build, index) =>
        {
            // A page whose address ends so; which and how many is chance.
            var struck = new HashSet<string>();
            var faults = FaultPlan.Lasting(fault, path => struck.Contains(path));
            var site = crawl.Add(build, 40 + index, faults);
            struck.UnionWith(site.Expected.Order(StringComparer.Ordinal).Where((_, place) => place % 4 == 1).Select(url => new Uri(url).AbsolutePath)
                // What a conversion of text leaves of a file, no fetch can tell from a file.
                .Where(path => fault != SiteFault.Mojibake || !path.EndsWith(".pdf", StringComparison.Ordinal) && !path.EndsWith(".docx", StringComparison.Ordinal)));
            // Where one address serves all articles, striking it takes them all.
            var left = site.Expected.Where(url => !struck.Contains(new Uri(url).AbsolutePath)).ToHashSet();
            return (SimulatedCrawl.Code(build, 40 + index), left);
        }),
    ];

    [Test]
    public async Task CrawlAsync_HundredHalfCrawls_NoneIsCompleteAndTheNextOneIs()
    {
        const int Crawls = 100;
        await using var crawl = await SimulatedCrawl.StartAsync();
        var halves = Enumerable.Range(0, Crawls).Select(index =>
        {
            var dice = new Dice(1000 + index);
            var build = Builds[index % Builds.Length];
            var fault = dice.Pick(
                SiteFault.Busy, SiteFault.TooMany, SiteFault.Truncated, SiteFault.Mojibake, SiteFault.Blocked, SiteFault.ScriptWall,
                SiteFault.MovedToFront, SiteFault.SoftNotFound, SiteFault.Deleted, SiteFault.TwoBytes);
            // robots.txt, at least one list and every document are asked for, so this always falls before the end.
            var after = dice.Between(0, SiteBuilds.Make(build, 100 + index, new Uri("http://count.gov.test")).Expected.Count);
            var faults = FaultPlan.Breakdown(fault, after);
            return (Code: SimulatedCrawl.Code(build, 100 + index), Site: crawl.Add(build, 100 + index, faults), Fault: fault, After: after);
        }).ToList();

        var visits = await crawl.CrawlAsync(FetchLimits.Default with { Retries = 1 });
        var captured = crawl.Captured();
        Assert.Multiple(() =>
        {
            foreach (var (code, site, fault, after) in halves)
            {
                var told = $"{code}: {fault} after {after} requests";
                Assert.That(visits[code].Outcome, Is.Not.EqualTo(CrawlOutcome.Complete), told);
                Assert.That(visits[code].Reasons, Is.Not.Empty, told);
                Assert.That(captured[code], Is.SubsetOf(site.Expected).And.Unique, told);
            }
        });
        await TestContext.Out.WriteLineAsync($"{Crawls} half-crawls: {visits.Values.Count(visit => visit.Outcome == CrawlOutcome.Complete)} complete, {captured.Sum(site => site.Count())} of {halves.Sum(half => half.Site.Expected.Count)} documents kept");

        foreach (var (_, site, _, _) in halves)
            crawl.Server.Add(site);
        // In the night of a wall its host is left alone.
        visits = await crawl.CrawlAsync(night: 1);
        captured = crawl.Captured();
        Assert.Multiple(() =>
        {
            foreach (var (code, site, fault, after) in halves)
            {
                Assert.That(visits[code].Reasons, Is.Empty, code);
                Assert.That(visits[code].Outcome, Is.EqualTo(CrawlOutcome.Complete), code);
                Assert.That(captured[code], Is.EquivalentTo(site.Expected), $"{code}: {fault} after {after} requests");
            }
        });
    }
}
