using Dapper;
using EtlWarehouse.Crawling;
using EtlWarehouse.Crawling.Archive;
using EtlWarehouse.Crawling.Fetching;
using EtlWarehouse.Crawling.Journal;
using EtlWarehouse.IntegrationTests.Databases;
using Microsoft.AspNetCore.Http;

namespace EtlWarehouse.IntegrationTests.Crawling;

/// <summary>Pages that stand before a site: each is named, and the site is left alone. All are made up in the shape of known ones.</summary>
public sealed class WallTests
{
    private const string Ruishu = "<html><head><meta charset='utf-8'><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=4711;</script></head><body></body></html>";
    private const string Jsl = "<script>document.cookie=('_')+('_')+('j')+'sl_clearance=1.0|-1|x;';location.href=location.pathname+location.search</script>";
    private const string Cookie = "<html><body><script>document.cookie='C3VK=abc123; path=/; max-age=300';window.location.reload();</script></body></html>";

    // Longer than any shell, with the same scripts: pages that walls let through keep them.
    private static readonly string Report =
        $"<html><head>{Ruishu}</head><body><script>document.cookie='seen=1';initGeetest({{}});</script><h1>青禾县司法局2023年政府信息公开工作年度报告</h1><table><tr><td>一、本年新收政府信息公开申请数量</td><td>3</td></tr></table>{new string('文', 500)}</body></html>";

    private LoopbackSite _site = null!;
    private EagerTime _time = null!;

    [SetUp]
    public async Task Start()
    {
        _site = await LoopbackSite.StartAsync();
        // Ten at night in China: a night that ends at noon.
        _time = new EagerTime(TimeSpan.FromSeconds(50), new DateTimeOffset(2026, 1, 20, 14, 0, 0, TimeSpan.Zero));
    }

    [TearDown]
    public ValueTask Stop() => _site.DisposeAsync();

    [TestCase(412, Ruishu, "", "wall.ruishu")]
    [TestCase(202, Ruishu, "", "wall.ruishu")]
    [TestCase(200, Ruishu, "", "wall.ruishu")]
    [TestCase(521, Jsl, "__jsluid_h=0a1b; max-age=31536000; path=/", "wall.jsl")]
    [TestCase(521, "", "__jsl_clearance_s=17|0|x; max-age=3600", "wall.jsl")]
    [TestCase(200, "<script>var a='__jsl_clearance=1';eval(a)</script>", "", "wall.jsl")]
    [TestCase(200, Cookie, "", "wall.cookie")]
    [TestCase(412, Cookie, "", "wall.cookie")]
    [TestCase(200, "<html><script>var arg1='0A1B2C';setCookie('acw_sc__v2',arg1);</script></html>", "", "wall.cookie")]
    [TestCase(200, "<html><head><title>访问验证</title></head><body><p>请完成下方验证后继续访问</p><script src='/TCaptcha.js'></script></body></html>", "", "wall.captcha")]
    [TestCase(403, "<html><body>请输入验证码以继续</body></html>", "", "wall.captcha")]
    [TestCase(403, "<html><body>您所在的地区无法访问本网站</body></html>", "", "wall.geo")]
    [TestCase(403, "<html><body><p>deny</p><p>reason: GeoBL</p></body></html>", "", "wall.geo")]
    [TestCase(451, "", "", "wall.geo")]
    [TestCase(403, "", "", "wall.forbidden")]
    [TestCase(403, "<html><body>Forbidden</body></html>", "", "wall.forbidden")]
    [TestCase(405, "<html><body>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</body></html>", "", "wall.forbidden")]
    [TestCase(200, "<html><body>您的请求存在安全风险，已被系统拦截</body></html>", "", "wall.forbidden")]
    [TestCase(412, "", "", "wall.challenge")]
    [TestCase(429, "", "", "wall.throttled")]
    [TestCase(200, "", "", "answer.empty")]
    [TestCase(200, "\r\n", "", "answer.empty")]
    public async Task FetchAsync_Wall_IsNamedAndItsHostLeftAlone(int status, string page, string cookie, string code)
    {
        _site.Answer("/a", LoopbackSite.Html(status, page, cookie.Length > 0 ? [("Set-Cookie", cookie)] : []));
        _site.Page("/b", Report);
        using var client = Client();
        var wall = await FetchAsync(client, "/a");
        var asked = _site.Requests.Count;
        var other = await FetchAsync(client, "/b");
        Assert.Multiple(() =>
        {
            Assert.That(wall.Fault!.Code, Is.EqualTo(code));
            Assert.That(wall.Fault.Reach, Is.EqualTo(FaultReach.Night));
            Assert.That(asked, Is.EqualTo(code == "answer.empty" ? 1 + FetchLimits.Default.Retries : 1), "no wall is tried twice");
            Assert.That((other.Fault!.Code, other.Attempts), Is.EqualTo((code, 0)));
            Assert.That(_site.Requests, Has.Count.EqualTo(asked));
        });
    }

    [Test]
    public async Task FetchAsync_RedirectToItselfWithACookie_IsAWall()
    {
        _site.Answer("/a", LoopbackSite.Status(302, ("Location", "/a"), ("Set-Cookie", "CT6T=1; path=/")));
        using var client = Client();
        Assert.That((await FetchAsync(client, "/a")).Fault!.Code, Is.EqualTo("wall.cookie"));
    }

    [TestCase("text/html", "<html><body><ul><li><a href='/1.html'>青禾县2023年政府信息公开年报</a></li></ul><script>document.cookie='v=1'</script></body></html>")]
    [TestCase("text/html", "<html><body><p>报告全文见附件。</p><a href='/1.pdf'>附件</a><script>document.cookie='v=1'</script></body></html>")]
    [TestCase("text/xml", "<datastore><totalrecord>0</totalrecord><recordset></recordset></datastore>")]
    [TestCase("application/json", "{\"articles\":[],\"note\":\"document.cookie= 请输入验证码\"}")]
    [TestCase("text/html", null)]   // a whole report that carries every script there is
    public async Task FetchAsync_PageThatLooksALittleLikeAWall_IsAPage(string type, string? page)
    {
        _site.Answer("/a", async context =>
        {
            context.Response.ContentType = type;
            await context.Response.WriteAsync(page ?? Report);
        });
        using var client = Client();
        Assert.That((await FetchAsync(client, "/a")).Fault?.Message, Is.Null);
    }

    [Test]
    public async Task CrawlAsync_WallInTheMiddle_EndsTheNightAndTheNextGoesOn()
    {
        await using var database = await TestDatabase.CreateAsync();
        var folder = Directory.CreateTempSubdirectory("etl-archive-");
        try
        {
            var archive = new DocumentArchive(folder.FullName);
            _site.ReportList("/list.html", "甲局", "乙局", "丙局", "丁局");
            _site.Answer("/doc/1.html", LoopbackSite.Html(412, Ruishu));
            var first = await VisitAsync(database, archive);
            var asked = _site.Requests.Count;
            // Another run of the same night, of whichever pipeline, does not even ask for robots.txt.
            var second = await VisitAsync(database, archive);
            var askedAgain = _site.Requests.Count - asked;
            _time.Pass(TimeSpan.FromHours(24));
            var third = await VisitAsync(database, archive);
            await using var connection = await database.Owner.OpenConnectionAsync();
            var rests = (await connection.QueryAsync<(string Host, string Code, double Hours)>(
                "select host, fault_code, extract(epoch from rests_until - closed_at)::float8 / 3600 from ops.host_rest order by closed_at")).AsList();
            var faults = await connection.QueryAsync<string>("select fault_code from ops.fetch where outcome = 'failed'");
            Assert.Multiple(() =>
            {
                Assert.That((first.Outcome, first.Fetched), Is.EqualTo((CrawlOutcome.Partial, 1)));
                Assert.That(first.Reasons.Single().Code, Is.EqualTo("wall.ruishu"));
                Assert.That(first.Reasons.Single().Message, Does.EndWith("; 2 more documents of www.site.test left for another night"));
                Assert.That(askedAgain, Is.Zero);
                Assert.That(second.Reasons.Single().Code, Is.EqualTo("wall.ruishu"));
                // The page that is refused comes last, so that the others are read.
                Assert.That((third.Fetched, third.Unchanged, third.Failed), Is.EqualTo((2, 1, 1)));
                Assert.That(rests.Select(rest => (rest.Host, rest.Code)), Is.EqualTo(new[] { ("www.site.test", "wall.ruishu"), ("www.site.test", "wall.ruishu") }));
                Assert.That(rests[0].Hours, Is.EqualTo(14).Within(0.1), "until noon in China");
                Assert.That(faults, Is.EqualTo(new[] { "wall.ruishu", "wall.ruishu" }), "what was not asked is no fetch");
            });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Test]
    public async Task FetchAsync_HostThatOnlyFails_IsLeftAloneForAWhile()
    {
        _site.Answer("/a", LoopbackSite.Status(503));
        _site.Page("/b", Report);
        using var client = Client();
        for (var index = 0; index < 5; index++)
            await FetchAsync(client, "/a");
        var asked = _site.Requests.Count;
        var refused = await FetchAsync(client, "/b");
        _time.Pass(TimeSpan.FromMinutes(31));
        var later = await FetchAsync(client, "/b");
        Assert.Multiple(() =>
        {
            Assert.That(asked, Is.EqualTo(FetchLimits.Default.FailingAttempts));
            Assert.That(refused.Fault!.Code, Is.EqualTo("host.failing"));
            Assert.That(later.Status, Is.EqualTo(FetchStatus.Fetched));
        });
    }

    private async Task<SiteVisit> VisitAsync(TestDatabase database, DocumentArchive archive)
    {
        var pipeline = LoopbackSite.Pipeline(LoopbackSite.Site("/list.html"));
        await using var run = await CrawlRun.StartAsync(database.Owner, pipeline.Name, _time, CancellationToken.None);
        var visits = await new PipelineCrawler(pipeline, archive, _time, _site.Served).CrawlAsync(run, null, CancellationToken.None);
        await run.FinishAsync(visits[0].Outcome, [], CancellationToken.None);
        return visits.Single();
    }

    private SiteClient Client() => new(LoopbackSite.Pipeline(), _time, _site.Served);

    private static Task<FetchResult> FetchAsync(SiteClient client, string path) =>
        client.FetchAsync(new FetchRequest(LoopbackSite.Url(path)), Validators.None, null, CancellationToken.None);
}
