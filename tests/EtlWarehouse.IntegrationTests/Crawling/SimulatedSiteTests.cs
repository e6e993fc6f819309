using EtlWarehouse.Crawling;
using EtlWarehouse.SiteSimulator;

namespace EtlWarehouse.IntegrationTests.Crawling;

/// <summary>Every build of site: what is found of what is there, and what is called complete.</summary>
public sealed class SimulatedSiteTests
{
    private const int Seeds = 6;
    private const double Wanted = 0.99;

    [Test]
    public async Task CrawlAsync_AllBuilds_FindsWhatIsThereAndSaysWhatIsNot()
    {
        await using var crawl = await SimulatedCrawl.StartAsync();
        var sites = SiteBuilds.Names
            .SelectMany(build => Enumerable.Range(1, Seeds).Select(seed => (Code: SimulatedCrawl.Code(build, seed), Site: crawl.Add(build, seed))))
            .ToList();
        var visits = await crawl.CrawlAsync();
        var captured = crawl.Captured();

        var (found, expected, kept) = (0, 0, 0);
        var wrong = new List<string>();
        foreach (var build in sites.GroupBy(site => site.Site.Build))
        {
            var (buildFound, buildExpected, buildKept) = (0, 0, 0);
            foreach (var (code, site) in build)
            {
                var urls = captured[code].ToHashSet();
                var visit = visits[code];
                // A list that never stands still has more at its end than anyone saw.
                if (site.Lack == "list.changed")
                    site.Expected.IntersectWith(urls);
                buildFound += urls.Count(site.Expected.Contains);
                buildExpected += site.Expected.Count;
                buildKept += urls.Count;
                wrong.AddRange(site.Expected.Except(urls).Take(2).Select(url => $"{code}: missing {url}"));
                wrong.AddRange(urls.Except(site.Expected).Take(2).Select(url => $"{code}: not expected {url}"));
                if (site.Lack is null ? visit.Outcome != CrawlOutcome.Complete : visit.Outcome == CrawlOutcome.Complete || visit.Reasons.All(reason => reason.Code != site.Lack))
                    wrong.Add($"{code}: expected {site.Lack ?? "complete"}, found {visit.Outcome} {string.Join("; ", visit.Reasons.Take(3))}");
            }

            await TestContext.Out.WriteLineAsync($"{build.Key,-20} expected {buildExpected,4} recall {(double)buildFound / buildExpected:P1} precision {(double)buildFound / Math.Max(1, buildKept):P1}");
            (found, expected, kept) = (found + buildFound, expected + buildExpected, kept + buildKept);
        }

        await TestContext.Out.WriteLineAsync($"{sites.Count} sites, {expected} documents: recall {(double)found / expected:P2}, precision {(double)found / kept:P2}");
        wrong.ForEach(TestContext.Out.WriteLine);
        Assert.Multiple(() =>
        {
            Assert.That(wrong, Is.Empty);
            Assert.That((double)found / expected, Is.GreaterThanOrEqualTo(Wanted));
            Assert.That((double)found / kept, Is.GreaterThanOrEqualTo(Wanted));
        });
    }
}
