using Dapper;
using EtlWarehouse.Crawling;
using EtlWarehouse.Crawling.Fetching;
using EtlWarehouse.Crawling.Journal;
using EtlWarehouse.Crawling.Pipelines;
using EtlWarehouse.IntegrationTests.Databases;
using Microsoft.AspNetCore.Http;

namespace EtlWarehouse.IntegrationTests.Crawling;

/// <summary>Whole visits over real HTTP and a real database: what counts as complete, and what a second run does.</summary>
public sealed class PipelineCrawlerTests : CrawlFixture
{
    [Test]
    public async Task CrawlAsync_AllFetched_IsComplete()
    {
        var visit = await VisitAsync(LoopbackSite.Site("/list.html", new SiteExpectation(3, 2023, 2023)));
        Assert.Multiple(() =>
        {
            Assert.That(visit.Reasons, Is.Empty);
            Assert.That(visit.Outcome, Is.EqualTo(CrawlOutcome.Complete));
            Assert.That((visit.Listed, visit.Reports, visit.Fetched, visit.Failed), Is.EqualTo((3, 3, 3, 0)));
        });
    }

    [Test]
    public async Task CrawlAsync_DeadLink_IsNamedAndTheOthersAreKept()
    {
        Site.Answer("/doc/1.html", LoopbackSite.Status(404));
        var visit = await VisitAsync(LoopbackSite.Site("/list.html"));
        Assert.Multiple(() =>
        {
            Assert.That(visit.Outcome, Is.EqualTo(CrawlOutcome.Partial));
            Assert.That(visit.Reasons.Single().ToString(), Is.EqualTo("document.failed: http://www.site.test/doc/1.html: expected status 200, found 404"));
            Assert.That((visit.Fetched, visit.Failed), Is.EqualTo((2, 1)));
        });
    }

    [TestCase("<p>共4条</p>", "list.total")]                                      // one is missing
    [TestCase("<p>共2条</p>", "list.total")]                                      // one too many is a lie too
    [TestCase("<p>共3条 1/2页 <a href='?page=2'>下一页</a></p>", "list.failed")]     // the second page is not there
    public async Task CrawlAsync_ListThatDoesNotAddUp_IsPartial(string foot, string reason)
    {
        Site.Page("/list.html", $"<ul>{string.Concat(Enumerable.Range(0, 3).Select(index => $"<li><a href='/doc/{index}.html'>2023年政府信息公开年报</a> 2024-01-01</li>"))}</ul>{foot}");
        var visit = await VisitAsync(LoopbackSite.Site("/list.html"));
        Assert.Multiple(() =>
        {
            Assert.That(visit.Outcome, Is.EqualTo(CrawlOutcome.Partial));
            Assert.That(visit.Reasons.Single().Code, Is.EqualTo(reason));
            Assert.That(visit.Fetched, Is.EqualTo(3));
        });
    }

    [TestCase(4, null, null, "expect.reports")]
    [TestCase(null, 2022, 2023, "expect.years")]
    public async Task CrawlAsync_ExpectationNotMet_IsPartial(int? reports, int? first, int? last, string reason)
    {
        var visit = await VisitAsync(LoopbackSite.Site("/list.html", new SiteExpectation(reports, first, last)));
        Assert.Multiple(() =>
        {
            Assert.That(visit.Outcome, Is.EqualTo(CrawlOutcome.Partial));
            Assert.That(visit.Reasons.Single().Code, Is.EqualTo(reason));
        });
    }

    [Test]
    public async Task CrawlAsync_PageWithoutAnyItem_IsNotComplete()   // nothing found is no success
    {
        Site.Page("/empty.html", "<html><body>栏目建设中</body></html>");
        var visit = await VisitAsync(LoopbackSite.Site("/empty.html"));
        Assert.Multiple(() =>
        {
            Assert.That(visit.Outcome, Is.EqualTo(CrawlOutcome.Partial));
            Assert.That(visit.Reasons.Single().Code, Is.EqualTo("list.empty"));
        });
    }

    [Test]
    public async Task CrawlAsync_SiteThatFails_LeavesTheOthersAlone()
    {
        var broken = LoopbackSite.Site("/gone.html") with { Code = "broken" };
        var visits = await CrawlAsync(LoopbackSite.Pipeline(broken, LoopbackSite.Site("/list.html")));
        Assert.Multiple(() =>
        {
            Assert.That(visits.Select(visit => visit.Outcome), Is.EqualTo(new[] { CrawlOutcome.Failed, CrawlOutcome.Complete }));
            Assert.That(visits[0].Reasons.Single().Code, Is.EqualTo("list.failed"));
        });
    }

    [Test]
    public async Task CrawlAsync_RobotsForbidDocuments_NoneIsAsked()
    {
        Site.Answer("/robots.txt", LoopbackSite.Text("User-agent: *\nDisallow: /doc/"));
        var visit = await VisitAsync(LoopbackSite.Site("/list.html"));
        Assert.Multiple(() =>
        {
            Assert.That(visit.Outcome, Is.EqualTo(CrawlOutcome.Partial));
            Assert.That(visit.Failed, Is.EqualTo(3));
            Assert.That(Site.Requests, Is.EqualTo(new[] { "GET /robots.txt", "GET /list.html" }));
        });
    }

    [Test]
    public async Task CrawlAsync_RobotsUnreachable_NothingElseIsAsked()
    {
        Site.Answer("/robots.txt", LoopbackSite.Status(503));
        var visit = await VisitAsync(LoopbackSite.Site("/list.html"));
        Assert.Multiple(() =>
        {
            Assert.That(visit.Outcome, Is.EqualTo(CrawlOutcome.Failed));
            Assert.That(Site.Requests, Is.All.EqualTo("GET /robots.txt"));
        });
    }

    [Test]
    public async Task CrawlAsync_ReportChangedAtItsAddress_IsCapturedBesideTheOldOne()
    {
        await VisitAsync(LoopbackSite.Site("/list.html"));
        Site.Page("/doc/1.html", "<html><body>更正：一、本年新收政府信息公开申请数量</body></html>");
        var visit = await VisitAsync(LoopbackSite.Site("/list.html"));
        Assert.Multiple(() =>
        {
            Assert.That((visit.Fetched, visit.Unchanged), Is.EqualTo((1, 2)));
            Assert.That(Archive.Captures.ReadAll().Count(capture => capture.Url.EndsWith("/doc/1.html", StringComparison.Ordinal)), Is.EqualTo(2));
        });
    }

    [Test]
    public async Task CrawlAsync_ReportThatReturnsToItsFirstBytes_IsCapturedAnewOnce()
    {
        const string First = "<html><body>一、本年新收政府信息公开申请数量</body></html>";
        var captured = new List<int>();
        foreach (var page in new[] { First, "<html><body>更正：一、本年新收政府信息公开申请数量</body></html>", First, First })
        {
            Site.Page("/doc/1.html", page);
            await VisitAsync(LoopbackSite.Site("/list.html"));
            captured.Add(Archive.Captures.ReadAll().Count(capture => capture.Url.EndsWith("/doc/1.html", StringComparison.Ordinal)));
        }

        Assert.That(captured, Is.EqualTo(new[] { 1, 2, 3, 3 }));
    }

    [Test]
    public async Task CrawlAsync_ReportNoLongerListed_IsNamedAndWhatWasCapturedStays()
    {
        await VisitAsync(LoopbackSite.Site("/list.html"));
        Site.ReportList("/list.html", "甲局", "乙局");
        Site.Answer("/doc/2.html", LoopbackSite.Status(404));
        var visit = await VisitAsync(LoopbackSite.Site("/list.html"));

        await using var connection = await Database.Owner.OpenConnectionAsync();
        var vanished = await connection.QueryAsync<string>("select unnest(vanished) from ops.site_visit");
        Assert.Multiple(() =>
        {
            Assert.That(visit.Outcome, Is.EqualTo(CrawlOutcome.Complete));
            Assert.That(visit.Vanished, Is.EqualTo(new[] { "http://www.site.test/doc/2.html" }));
            Assert.That(vanished, Is.EqualTo(visit.Vanished));
            Assert.That(Archive.Captures.ReadAll(), Has.Count.EqualTo(3));
        });
    }

    [Test]
    public async Task CrawlAsync_NoReportAmongTheItems_IsNotComplete()
    {
        Site.Page("/list.html", "<ul><li><a href='/doc/0.html'>政府信息公开指南</a> 2024-01-01</li></ul>");
        var visit = await VisitAsync(LoopbackSite.Site("/list.html"));
        Assert.That((visit.Outcome, visit.Reasons.Single().Code), Is.EqualTo((CrawlOutcome.Partial, "site.no_reports")));
    }

    [Test]
    public async Task CrawlAsync_NoticeInPlaceOfAReport_IsNotWhatTheNextVisitComparesWith()
    {
        Site.Page("/doc/1.html", "<html><body><p>您访问的页面不存在或已被删除</p></body></html>");
        var first = await VisitAsync(LoopbackSite.Site("/list.html"));
        // A server that asks whether the notice changed is told that it did not.
        Site.Answer("/doc/1.html", context => context.Request.Headers.IfNoneMatch.Count > 0
            ? LoopbackSite.Status(304)(context)
            : LoopbackSite.Text("<html><body>乙局2023年本年新收政府信息公开申请数量</body></html>")(context));
        var second = await VisitAsync(LoopbackSite.Site("/list.html"));
        Assert.Multiple(() =>
        {
            Assert.That((first.Outcome, first.Fetched, first.Failed), Is.EqualTo((CrawlOutcome.Partial, 2, 1)));
            Assert.That((second.Outcome, second.Fetched, second.Failed), Is.EqualTo((CrawlOutcome.Complete, 1, 0)));
        });
    }

    [Test]
    public async Task CrawlAsync_OnePageForAllReports_IsNamed()   // a server under stress shows its front page for each
    {
        foreach (var index in Enumerable.Range(0, 3))
            Site.Page($"/doc/{index}.html", "<html><body><p>县人民政府门户网站欢迎您访问政务公开栏目</p></body></html>");
        var visit = await VisitAsync(LoopbackSite.Site("/list.html"));
        Assert.That((visit.Outcome, visit.Reasons.Single().Code), Is.EqualTo((CrawlOutcome.Partial, "document.same")));
    }

    [Test]
    public async Task CrawlAsync_BodyLostFromTheArchive_IsFetchedAgain()
    {
        await VisitAsync(LoopbackSite.Site("/list.html"));
        var lost = Archive.Captures.ReadAll()[0];
        File.Delete(Directory.GetFiles(Folder.FullName, $"{lost.Sha256}.gz", SearchOption.AllDirectories).Single());
        var visit = await VisitAsync(LoopbackSite.Site("/list.html"));
        Assert.Multiple(() =>
        {
            Assert.That((visit.Outcome, visit.Fetched, visit.Unchanged), Is.EqualTo((CrawlOutcome.Complete, 0, 3)));
            Assert.That(() => Archive.Bodies.Read(lost.Sha256), Throws.Nothing);
        });
    }

    [Test]
    public async Task CrawlAsync_CoveringNote_LeadsToItsAttachment()
    {
        Site.Page("/doc/0.html", "<html><body><p>全文见附件</p><a href='/file/1.txt'>甲局年报.txt</a></body></html>");
        Site.Answer("/file/1.txt", LoopbackSite.Text("甲局2023年政府信息公开工作年度报告"));
        await VisitAsync(LoopbackSite.Site("/list.html"));
        var capture = Archive.Captures.ReadAll().Single(candidate => candidate.PageUrl is not null);
        Assert.Multiple(() =>
        {
            Assert.That(capture.Url, Is.EqualTo("http://www.site.test/file/1.txt"));
            Assert.That(capture.PageUrl, Is.EqualTo("http://www.site.test/doc/0.html"));
            Assert.That(capture.FileName, Is.EqualTo("甲局年报.txt"));
            Assert.That(capture.ListTitle, Is.EqualTo("甲局2023年政府信息公开工作年度报告"));
        });
    }

    [Test]
    public async Task CrawlAsync_KilledInTheMiddle_NextRunRepairs([Range(1, 7)] int atRequest)
    {
        var count = 0;
        using var kill = new CancellationTokenSource();
        foreach (var path in new[] { "/robots.txt", "/list.html", "/doc/0.html", "/doc/1.html", "/doc/2.html" })
        {
            Site.Answer(path, async context =>
            {
                if (Interlocked.Increment(ref count) == atRequest)
                    await kill.CancelAsync();
                await LoopbackSite.Text(path == "/list.html"
                    ? string.Concat(Enumerable.Range(0, 3).Select(index => $"<li><a href='/doc/{index}.html'>2023年政府信息公开年报</a> 2024-01-0{index + 1}"))
                    : $"{path} 本年新收政府信息公开申请数量")(context);
            });
        }

        var pipeline = LoopbackSite.Pipeline(LoopbackSite.Site("/list.html"));
        long killed;
        await using (var run = await CrawlRun.StartAsync(Database.Owner, "test", TimeProvider.System, CancellationToken.None))
        {
            killed = run.Id;
            var crawler = new PipelineCrawler(pipeline, Archive, TimeProvider.System, Site.Served);
            // The run ends without a word, as after kill -9; with a late kill it may have read everything.
            if (atRequest <= 5)
                Assert.That(() => crawler.CrawlAsync(run, null, kill.Token), Throws.InstanceOf<OperationCanceledException>());
            else
                await crawler.CrawlAsync(run, null, kill.Token);
        }

        await using var next = await CrawlRun.StartAsync(Database.Owner, "test", TimeProvider.System, CancellationToken.None);
        var visits = await new PipelineCrawler(pipeline, Archive, TimeProvider.System, Site.Served).CrawlAsync(next, null, CancellationToken.None);
        await next.FinishAsync(CrawlOutcome.Complete, [], CancellationToken.None);

        await using var connection = await Database.Owner.OpenConnectionAsync();
        var outcomes = await connection.QueryAsync<string>("select outcome from ops.run order by run_id");
        var captured = await connection.ExecuteScalarAsync<long>("select count(*) from ops.capture");
        Assert.Multiple(() =>
        {
            Assert.That(next.Interrupted, Is.EqualTo(new[] { killed }));
            Assert.That(outcomes, Is.EqualTo(new[] { "interrupted", "complete" }));
            Assert.That(visits.Single().Outcome, Is.EqualTo(CrawlOutcome.Complete));
            Assert.That(Archive.Captures.ReadAll(), Has.Count.EqualTo(3));
            Assert.That(captured, Is.EqualTo(3));
        });
    }

    [Test]
    public async Task CrawlAsync_DatabaseLost_ArchiveFillsTheTableAgain()
    {
        await VisitAsync(LoopbackSite.Site("/list.html"));
        await using var empty = await TestDatabase.CreateAsync();
        await using var run = await CrawlRun.StartAsync(empty.Owner, "test", TimeProvider.System, CancellationToken.None);
        var crawler = new PipelineCrawler(LoopbackSite.Pipeline(LoopbackSite.Site("/list.html")), Archive, TimeProvider.System, Site.Served);
        var visit = (await crawler.CrawlAsync(run, null, CancellationToken.None)).Single();

        await using var connection = await empty.Owner.OpenConnectionAsync();
        var times = await connection.QueryAsync<DateTime>("select first_seen_at from ops.capture order by first_seen_at");
        Assert.Multiple(() =>
        {
            Assert.That((visit.Fetched, visit.Unchanged), Is.EqualTo((0, 3)));
            Assert.That(times, Is.EqualTo(Archive.Captures.ReadAll().Select(capture => capture.FirstSeenAt.UtcDateTime)));
        });
    }

    [Test]
    public async Task StartAsync_SamePipelineAtOnce_IsRefused()
    {
        await using var first = await CrawlRun.StartAsync(Database.Owner, "test", TimeProvider.System, CancellationToken.None);
        await using var other = await CrawlRun.StartAsync(Database.Owner, "other", TimeProvider.System, CancellationToken.None);
        Assert.That(
            () => CrawlRun.StartAsync(Database.Owner, "test", TimeProvider.System, CancellationToken.None),
            Throws.TypeOf<PipelineBusyException>().With.Message.StartsWith("pipeline test: expected no other run"));
    }

    [Test]
    public async Task CrawlAsync_ManyAtOnce_NeverMoreThanThePipelineAllows()
    {
        var under = 0;
        var most = 0;
        Site.ReportList("/list.html", [.. Enumerable.Range(0, 9).Select(index => $"局{index}")]);
        for (var index = 0; index < 9; index++)
        {
            Site.Answer($"/doc/{index}.html", async context =>
            {
                most = Math.Max(most, Interlocked.Increment(ref under));
                await Task.Yield();
                Interlocked.Decrement(ref under);
                await context.Response.WriteAsync($"{context.Request.Path} 本年新收政府信息公开申请数量");
            });
        }

        var twice = LoopbackSite.Pipeline(LoopbackSite.Site("/list.html"), LoopbackSite.Site("/list.html") with { Code = "again" });
        await CrawlAsync(twice);
        Assert.That(most, Is.EqualTo(1));
    }

    private async Task<SiteVisit> VisitAsync(SiteDefinition site) => (await CrawlAsync(LoopbackSite.Pipeline(site))).Single();

    private async Task<IReadOnlyList<SiteVisit>> CrawlAsync(CrawlPipeline pipeline)
    {
        await using var run = await CrawlRun.StartAsync(Database.Owner, pipeline.Name, TimeProvider.System, CancellationToken.None);
        var crawler = new PipelineCrawler(
            pipeline, Archive, new EagerTime(TimeSpan.FromSeconds(50)), Site.Served, FetchLimits.Default with { Retries = 1 });
        var visits = await crawler.CrawlAsync(run, null, CancellationToken.None);
        await run.FinishAsync(visits.Max(visit => visit.Outcome), [], CancellationToken.None);
        return visits;
    }
}
