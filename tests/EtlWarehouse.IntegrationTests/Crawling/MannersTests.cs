using System.Diagnostics;
using EtlWarehouse.Crawling;
using EtlWarehouse.Crawling.Fetching;
using EtlWarehouse.Crawling.Journal;
using EtlWarehouse.Crawling.Pipelines;
using Microsoft.AspNetCore.Http;

namespace EtlWarehouse.IntegrationTests.Crawling;

/// <summary>How often, when and how many at once hosts are asked, as the servers see it.</summary>
public sealed class MannersTests : CrawlFixture
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(60);

    [Test]
    public async Task CrawlAsync_TwoNights_NeverFasterThanThePolicyAndAllUnchanged()
    {
        Site.ReportList("/list.html", [.. Enumerable.Range(0, 8).Select(index => $"局{index}")]);
        var pipeline = LoopbackSite.Pipeline(LoopbackSite.Site("/list.html"), LoopbackSite.Site("/list.html") with { Code = "again" })
            with { Politeness = new Politeness(Delay, 1) { PerSecond = 1000 } };
        for (var night = 0; night < 2; night++)
        {
            var asked = Site.Requests.Count;
            var began = Stopwatch.GetTimestamp();
            var visits = await CrawlAsync(pipeline, TimeProvider.System);
            Assert.That(visits.Select(visit => visit.Outcome), Is.All.EqualTo(CrawlOutcome.Complete));
            if (night == 1)
                Assert.That(visits.Sum(visit => visit.Fetched), Is.Zero);
            var arrivals = Site.Arrivals.Skip(asked).ToList();
            Assert.That(arrivals, Has.Count.EqualTo(19), "robots.txt, two lists and their documents");
            Assert.Multiple(() =>
            {
                // A request may reach the server late, but none before its turn since the night began.
                for (var index = 0; index < arrivals.Count; index++)
                    Assert.That(Stopwatch.GetElapsedTime(began, arrivals[index]), Is.GreaterThanOrEqualTo(index * Delay), $"request {index}");
            });
        }
    }

    [Test]
    public async Task FetchAsync_ManyHosts_KeepToTheCommonNumber()
    {
        var (under, most) = (0, 0);
        Site.Answer("/a", async context =>
        {
            most = Math.Max(most, Interlocked.Increment(ref under));
            await Task.Delay(60);
            Interlocked.Decrement(ref under);
            await context.Response.WriteAsync("年报");
        });
        await FetchFromManyHostsAsync(new Politeness(TimeSpan.Zero, 1) { PerSecond = 1000, AtOnce = 2 });
        Assert.That(most, Is.EqualTo(2));
    }

    [Test]
    public async Task FetchAsync_ManyHosts_KeepToTheCommonRate()
    {
        const int PerSecond = 10;
        Site.Answer("/a", LoopbackSite.Text("年报"));
        var began = await FetchFromManyHostsAsync(new Politeness(TimeSpan.Zero, 1) { PerSecond = PerSecond, AtOnce = 100 });
        Assert.Multiple(() =>
        {
            // A late timer is made up for by a little.
            for (var index = 0; index < Site.Arrivals.Count; index++)
                Assert.That(Stopwatch.GetElapsedTime(began, Site.Arrivals[index]).TotalSeconds, Is.GreaterThanOrEqualTo((index / (double)PerSecond) - 0.05), $"request {index}");
        });
    }

    /// <summary>Twelve hosts at once.</summary>
    /// <returns>When it began.</returns>
    private async Task<long> FetchFromManyHostsAsync(Politeness politeness)
    {
        var hosts = Enumerable.Range(0, 12).Select(index => $"www{index}.site.test").ToArray();
        using var client = new SiteClient(LoopbackSite.Pipeline() with { Politeness = politeness }, TimeProvider.System, Site.ServedAs(hosts));
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(hosts.Select(host => client.FetchAsync(new FetchRequest(new Uri($"http://{host}/a")), Validators.None, null, CancellationToken.None)));
        return began;
    }

    [Test]
    public async Task FetchAsync_HostThatIsSlow_DoesNotKeepOthersWaiting()
    {
        using var release = new SemaphoreSlim(0);
        Site.Answer("/slow", async context =>
        {
            await release.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync("年报");
        });
        Site.Answer("/quick", LoopbackSite.Text("年报"));
        using var client = new SiteClient(
            LoopbackSite.Pipeline() with { Politeness = new Politeness(TimeSpan.Zero, 1) { AtOnce = 2 } }, TimeProvider.System, Site.ServedAs("slow.test"));
        Task<FetchResult> Fetch(string url) => client.FetchAsync(new FetchRequest(new Uri(url)), Validators.None, null, CancellationToken.None);
        var slow = Enumerable.Range(0, 5).Select(_ => Fetch("http://slow.test/slow")).ToList();
        var quick = await Fetch("http://www.site.test/quick");
        release.Release(5);
        await Task.WhenAll(slow);
        Assert.That(quick.Status, Is.EqualTo(FetchStatus.Fetched));
    }

    [Test]
    public async Task CrawlAsync_WindowClosesInTheMiddle_IsPartialAndTheNextNightGoesOn()
    {
        // Ten at night in China is two in the afternoon in UTC.
        var time = new EagerTime(TimeSpan.FromSeconds(50), new DateTimeOffset(2026, 1, 20, 14, 0, 0, TimeSpan.Zero));
        var pipeline = LoopbackSite.Pipeline(LoopbackSite.Site("/list.html")) with
        {
            Politeness = new Politeness(TimeSpan.FromSeconds(40), 1),
            Window = new CrawlWindow(new TimeOnly(22, 0), new TimeOnly(22, 2)),
        };
        var first = (await CrawlAsync(pipeline, time)).Single();
        var asked = Site.Requests.ToList();
        var closed = (await CrawlAsync(pipeline, time)).Single();
        var askedOutside = Site.Requests.Count - asked.Count;
        time.Pass(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(3));
        var next = (await CrawlAsync(pipeline with { Revisit = Revisit.Law, Window = new CrawlWindow(new TimeOnly(21, 0), new TimeOnly(6, 0)) }, time)).Single();
        Assert.Multiple(() =>
        {
            Assert.That(first.Outcome, Is.EqualTo(CrawlOutcome.Partial));
            Assert.That(first.Reasons.Single().Code, Is.EqualTo("window.closed"));
            Assert.That(asked, Is.EqualTo(new[] { "GET /robots.txt", "GET /list.html", "GET /doc/0.html" }));
            Assert.That((closed.Outcome, closed.Reasons.Single().Code, askedOutside), Is.EqualTo((CrawlOutcome.Partial, "window.closed", 0)));
            Assert.That((next.Outcome, next.Fetched, next.Unchanged), Is.EqualTo((CrawlOutcome.Complete, 2, 1)));
            Assert.That(Site.Requests.Count(request => request == "GET /doc/0.html"), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task CrawlAsync_ByTheLaw_AnUnchangedNightAsksForLists()
    {
        var time = new EagerTime(TimeSpan.FromSeconds(50), new DateTimeOffset(2026, 6, 20, 14, 0, 0, TimeSpan.Zero));
        var pipeline = LoopbackSite.Pipeline(LoopbackSite.Site("/list.html")) with { Revisit = Revisit.Law };
        var perNight = new List<int>();
        foreach (var days in new[] { 0, 1, 1, 300 })
        {
            time.Pass(TimeSpan.FromDays(days));
            var asked = Site.Requests.Count;
            var visit = (await CrawlAsync(pipeline, time)).Single();
            Assert.That((visit.Outcome, visit.Fetched + visit.Unchanged), Is.EqualTo((CrawlOutcome.Complete, 3)));
            perNight.Add(Site.Requests.Count - asked);
        }

        Assert.That(perNight, Is.EqualTo(new[] { 5, 2, 2, 5 }), "robots.txt and the list; reports at first and after a long time");
    }

    [Test]
    public async Task CrawlAsync_LineOfTheListChanges_ItsReportIsAskedForAgain()
    {
        var time = new EagerTime(TimeSpan.FromSeconds(50), new DateTimeOffset(2026, 6, 20, 14, 0, 0, TimeSpan.Zero));
        var pipeline = LoopbackSite.Pipeline(LoopbackSite.Site("/list.html")) with { Revisit = Revisit.Law };
        await CrawlAsync(pipeline, time);
        time.Pass(TimeSpan.FromDays(1));
        Site.ReportList("/list.html", "甲局", "乙局（更正）", "丙局");
        var visit = (await CrawlAsync(pipeline, time)).Single();
        Assert.Multiple(() =>
        {
            Assert.That((visit.Fetched, visit.Unchanged), Is.EqualTo((1, 2)));
            Assert.That(Site.Requests.TakeLast(3), Is.EqualTo(new[] { "GET /robots.txt", "GET /list.html", "GET /doc/1.html" }));
        });
    }

    [Test]
    public async Task CrawlAsync_BeganAgainInTheNightOfADeadRun_AsksForNoDocumentTwice()
    {
        var time = new EagerTime(TimeSpan.FromSeconds(50), new DateTimeOffset(2026, 1, 20, 14, 0, 0, TimeSpan.Zero));
        Site.ReportList("/list.html", "甲局", "乙局", "丙局", "丁局", "戊局");
        Site.Answer("/doc/1.html", LoopbackSite.Status(404));
        using var kill = new CancellationTokenSource();
        Site.Answer("/doc/3.html", async context =>
        {
            if (!kill.IsCancellationRequested)
            {
                await kill.CancelAsync();
                return;
            }

            await context.Response.WriteAsync("一、本年新收政府信息公开申请数量");
        });
        var pipeline = LoopbackSite.Pipeline(LoopbackSite.Site("/list.html"));
        await using (var dead = await CrawlRun.StartAsync(Database.Owner, pipeline.Name, time, CancellationToken.None))
            Assert.That(() => new PipelineCrawler(pipeline, Archive, time, Site.Served).CrawlAsync(dead, null, kill.Token), Throws.InstanceOf<OperationCanceledException>());

        time.Pass(TimeSpan.FromHours(1));
        var visit = (await CrawlAsync(pipeline, time)).Single();
        var asked = Site.Requests.CountBy(request => request).ToDictionary();
        // The next night everything is asked again, as this pipeline wants it.
        time.Pass(TimeSpan.FromDays(1));
        await CrawlAsync(pipeline, time);
        Assert.Multiple(() =>
        {
            Assert.That((visit.Fetched, visit.Unchanged, visit.Failed), Is.EqualTo((2, 2, 1)));
            Assert.That(visit.Reasons.Single().Message, Does.EndWith("/doc/1.html: expected status 200, found 404"));
            Assert.That(asked["GET /doc/0.html"], Is.EqualTo(1));
            Assert.That(asked["GET /doc/1.html"], Is.EqualTo(1), "a refusal is an answer too");
            Assert.That(asked["GET /doc/2.html"], Is.EqualTo(1));
            Assert.That(asked["GET /doc/3.html"], Is.EqualTo(2), "it was not answered");
            Assert.That(asked["GET /doc/4.html"], Is.EqualTo(1));
            Assert.That(asked["GET /list.html"], Is.EqualTo(2), "pages of a list have to be of one time");
            Assert.That(Site.Requests.Count(request => request.StartsWith("GET /doc/", StringComparison.Ordinal)), Is.EqualTo(6 + 5));
        });
    }
}
