using System.IO.Compression;
using EtlWarehouse.Crawling.Fetching;
using EtlWarehouse.Crawling.Pipelines;
using Microsoft.AspNetCore.Http;

namespace EtlWarehouse.IntegrationTests.Crawling;

/// <summary>Fetching from a server that misbehaves, over real sockets.</summary>
public sealed class SiteClientTests
{
    private static readonly FetchLimits Limits = new() { BodyBytes = 10_000, RetryDelay = TimeSpan.FromSeconds(2) };

    private LoopbackSite _site = null!;
    private EagerTime _time = null!;
    private SiteClient _client = null!;

    [SetUp]
    public async Task Start()
    {
        _site = await LoopbackSite.StartAsync();
        _time = new EagerTime(jumpsBelow: TimeSpan.FromSeconds(50));
        _client = new SiteClient(LoopbackSite.Pipeline(), _time, _site.Served, Limits);
    }

    [TearDown]
    public async Task Stop()
    {
        _client.Dispose();
        await _site.DisposeAsync();
    }

    [TestCase(500)]
    [TestCase(503)]
    [TestCase(408)]
    public async Task FetchAsync_TransientStatusThenFine_Succeeds(int status)
    {
        _site.Answers("/a", LoopbackSite.Status(status), LoopbackSite.Status(status), LoopbackSite.Text("年报"));
        var result = await FetchAsync("/a");
        Assert.Multiple(() =>
        {
            Assert.That(result.Status, Is.EqualTo(FetchStatus.Fetched));
            Assert.That(result.Attempts, Is.EqualTo(3));
        });
    }

    [TestCase(401)]
    [TestCase(404)]
    [TestCase(410)]
    public async Task FetchAsync_FinalStatus_IsNotTriedAgain(int status)
    {
        _site.Answer("/a", LoopbackSite.Status(status));
        var result = await FetchAsync("/a");
        Assert.Multiple(() =>
        {
            Assert.That(result.Fault!.Code, Is.EqualTo($"http.{status}"));
            Assert.That(_site.Requests, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public async Task FetchAsync_ServerErrorForEver_GivesUp()
    {
        _site.Answer("/a", LoopbackSite.Status(502));
        var result = await FetchAsync("/a");
        Assert.Multiple(() =>
        {
            Assert.That(result.Fault!.Code, Is.EqualTo("http.502"));
            Assert.That(_site.Requests, Has.Count.EqualTo(1 + Limits.Retries));
        });
    }

    [Test]
    public async Task FetchAsync_RetryAfter_IsWaitedFor()
    {
        _site.Answers("/a", LoopbackSite.Status(429, ("Retry-After", "37")), LoopbackSite.Text("年报"));
        var result = await FetchAsync("/a");
        Assert.Multiple(() =>
        {
            Assert.That(result.Status, Is.EqualTo(FetchStatus.Fetched));
            Assert.That(_time.Waits, Has.Some.GreaterThan(TimeSpan.FromSeconds(36)));
        });
    }

    [Test]
    public async Task FetchAsync_RetryAfterTooLong_EndsTheFetch()
    {
        _site.Answer("/a", LoopbackSite.Status(429, ("Retry-After", "3600")));
        var result = await FetchAsync("/a");
        Assert.Multiple(() =>
        {
            Assert.That(result.Fault!.Code, Is.EqualTo("wall.throttled"));
            Assert.That(_site.Requests, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public async Task FetchAsync_BodyCutOffOnce_IsFetchedAgainWhole()
    {
        _site.Answers("/a", CutOff, LoopbackSite.Text("年报"));
        var result = await FetchAsync("/a");
        Assert.Multiple(() =>
        {
            Assert.That(result.Attempts, Is.EqualTo(2));
            Assert.That(result.Response!.Body, Is.EqualTo("年报"u8.ToArray()));
        });
    }

    [Test]
    public async Task FetchAsync_BodyCutOffAlways_IsNamed()
    {
        _site.Answer("/a", CutOff);
        Assert.That((await FetchAsync("/a")).Fault!.Code, Is.EqualTo("body.truncated"));
    }

    [TestCase(0)]
    [TestCase(2)]
    public async Task FetchAsync_NothingBehindStatus200_IsNoDocument(int bytes)
    {
        _site.Answer("/a", context => context.Response.Body.WriteAsync(new byte[bytes]).AsTask());
        Assert.That((await FetchAsync("/a")).Fault!.Code, Is.EqualTo("answer.empty"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task FetchAsync_OversizeBody_IsRefusedOnce(bool isDeclared)
    {
        _site.Answer("/a", async context =>
        {
            if (isDeclared)
                context.Response.ContentLength = Limits.BodyBytes + 1;
            await context.Response.Body.WriteAsync(new byte[Limits.BodyBytes + 1]);
        });
        var result = await FetchAsync("/a");
        Assert.Multiple(() =>
        {
            Assert.That(result.Fault!.Code, Is.EqualTo("body.too_large"));
            Assert.That(_site.Requests, Has.Count.EqualTo(1));
        });
    }

    [TestCase("gzip")]
    [TestCase("br")]
    public async Task FetchAsync_SmallBodyThatSwells_IsRefused(string encoding)
    {
        var bomb = Compress(encoding, new byte[Limits.BodyBytes * 100]);
        Assert.That(bomb, Has.Length.LessThan(Limits.BodyBytes));
        _site.Answer("/a", Encoded(encoding, bomb));
        Assert.That((await FetchAsync("/a")).Fault!.Code, Is.EqualTo("body.too_large"));
    }

    [TestCase("gzip")]
    [TestCase("br")]
    [TestCase("deflate")]
    public async Task FetchAsync_CompressedBody_IsDecompressed(string encoding)
    {
        _site.Answer("/a", Encoded(encoding, Compress(encoding, "政府信息公开"u8.ToArray())));
        Assert.That((await FetchAsync("/a")).Response!.Body, Is.EqualTo("政府信息公开"u8.ToArray()));
    }

    [TestCase("gzip")]
    [TestCase("zstd")]   // not asked for, not known
    public async Task FetchAsync_BodyNotInItsEncoding_IsNamed(string encoding)
    {
        _site.Answer("/a", Encoded(encoding, "plain text"u8.ToArray()));
        Assert.That((await FetchAsync("/a")).Fault!.Code, Is.EqualTo("body.encoding"));
    }

    [Test]
    public async Task FetchAsync_HeaderFlood_IsRefused()
    {
        _site.Answer("/a", context =>
        {
            for (var index = 0; index < 200; index++)
                context.Response.Headers[$"X-Flood-{index}"] = new string('x', 1000);
            return Task.CompletedTask;
        });
        Assert.That((await FetchAsync("/a")).Fault!.Code, Is.EqualTo("headers.too_large"));
    }

    [Test]
    public async Task FetchAsync_Redirects_AreFollowedToTheEnd()
    {
        _site.Answer("/a", LoopbackSite.Status(301, ("Location", "b/c")));
        _site.Answer("/b/c", LoopbackSite.Status(302, ("Location", "/d#part")));
        _site.Answer("/d", LoopbackSite.Text("年报"));
        Assert.That((await FetchAsync("/a")).Response!.FinalUrl, Is.EqualTo(LoopbackSite.Url("/d")));
    }

    [Test]
    public async Task FetchAsync_RedirectLoop_IsNamed()
    {
        _site.Answer("/a", LoopbackSite.Status(302, ("Location", "/b")));
        _site.Answer("/b", LoopbackSite.Status(302, ("Location", "/a")));
        Assert.That((await FetchAsync("/a")).Fault!.Code, Is.EqualTo("redirect.loop"));
    }

    [Test]
    public async Task FetchAsync_EndlessRedirects_EndAtTheLimit()
    {
        for (var index = 0; index < 20; index++)
            _site.Answer($"/{index}", LoopbackSite.Status(302, ("Location", $"/{index + 1}")));
        var result = await FetchAsync("/0");
        Assert.Multiple(() =>
        {
            Assert.That(result.Fault!.Code, Is.EqualTo("redirect.limit"));
            Assert.That(_site.Requests, Has.Count.EqualTo(1 + Limits.Redirects));
        });
    }

    [TestCase("file:///etc/passwd")]
    [TestCase("ftp://www.site.test/a")]
    [TestCase("http://")]
    public async Task FetchAsync_RedirectToNoPage_IsNamed(string location)
    {
        _site.Answer("/a", LoopbackSite.Status(302, ("Location", location)));
        Assert.That((await FetchAsync("/a")).Fault!.Code, Is.EqualTo("redirect.target"));
    }

    [TestCase("127.0.0.1")]
    [TestCase("localhost")]
    [TestCase("[::1]")]
    [TestCase("2130706433")]            // 127.0.0.1 as one number
    [TestCase("[::ffff:127.0.0.1]")]
    public async Task FetchAsync_RedirectToAnInsideAddress_IsRefused(string host)
    {
        using var guarded = new SiteClient(LoopbackSite.Pipeline() with { AllowLoopback = false }, _time, _site.Served, Limits);
        _site.Answer("/a", LoopbackSite.Status(302, ("Location", $"http://{host}:{_site.Port}/secret")));
        _site.Answer("/secret", LoopbackSite.Text("inside"));
        var result = await guarded.FetchAsync(new FetchRequest(LoopbackSite.Url("/a")), Validators.None, null, CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(result.Fault!.Code, Is.EqualTo("address.refused"));
            Assert.That(_site.Requests, Is.EqualTo(new[] { "GET /a" }));
        });
    }

    [Test]
    public async Task FetchAsync_SlowBody_TimesOut()
    {
        using var hasty = new SiteClient(
            LoopbackSite.Pipeline(), TimeProvider.System, _site.Served, Limits with { Attempt = TimeSpan.FromMilliseconds(300), Retries = 0 });
        _site.Answer("/a", async context =>
        {
            await context.Response.WriteAsync("begun");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        var result = await hasty.FetchAsync(new FetchRequest(LoopbackSite.Url("/a")), Validators.None, null, CancellationToken.None);
        Assert.That(result.Fault!.Code, Is.EqualTo("timeout"));
    }

    [Test]
    public async Task FetchAsync_FirstAddressOfAHostIsDead_TheNextIsTried()   // localhost is ::1 and 127.0.0.1, the site listens on one
    {
        _site.Answer("/a", LoopbackSite.Text("年报"));
        var result = await _client.FetchAsync(
            new FetchRequest(new Uri($"http://localhost:{_site.Port}/a")), Validators.None, null, CancellationToken.None);
        Assert.That((result.Status, result.Attempts), Is.EqualTo((FetchStatus.Fetched, 1)));
    }

    [Test]
    public async Task FetchAsync_ClosedPort_IsNamed()
    {
        await _site.DisposeAsync();
        Assert.That((await FetchAsync("/a")).Fault!.Code, Is.EqualTo("connect"));
    }

    [Test]
    public async Task FetchAsync_Request_SaysWhoAsksAndWhatIsKnown()
    {
        Dictionary<string, string>? asked = null;
        _site.Answer("/a", context =>
        {
            asked = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString());
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        });
        var known = new Validators("W/\"x y\"", new DateTimeOffset(2026, 1, 20, 2, 3, 4, TimeSpan.Zero));
        var result = await _client.FetchAsync(new FetchRequest(LoopbackSite.Url("/a")), known, null, CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(result.Status, Is.EqualTo(FetchStatus.NotModified));
            Assert.That(asked!["User-Agent"], Is.EqualTo("EtlWarehouse/1.0 (annual report archive; test@example.org)"));
            Assert.That(asked!["If-None-Match"], Is.EqualTo("W/\"x y\""));
            Assert.That(asked!["If-Modified-Since"], Is.EqualTo("Tue, 20 Jan 2026 02:03:04 GMT"));
        });
    }

    [Test]
    public async Task FetchAsync_Form_IsPosted()
    {
        string? posted = null;
        _site.Answer("/a", async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            posted = $"{context.Request.Method} {context.Request.ContentType} {await reader.ReadToEndAsync()}";
            await context.Response.WriteAsync("年报");
        });
        await _client.FetchAsync(new FetchRequest(LoopbackSite.Url("/a"), "col=1&x=%2F"), Validators.None, null, CancellationToken.None);
        Assert.That(posted, Is.EqualTo("POST application/x-www-form-urlencoded; charset=us-ascii col=1&x=%2F"));
    }

    [Test]
    public async Task FetchAsync_Delay_LiesBetweenRequestsToOneHost()
    {
        using var polite = new SiteClient(
            LoopbackSite.Pipeline() with { Politeness = new Politeness(TimeSpan.FromSeconds(5), 1) }, _time, _site.Served, Limits);
        _site.Answer("/a", LoopbackSite.Text("年报"));
        for (var index = 0; index < 3; index++)
            await polite.FetchAsync(new FetchRequest(LoopbackSite.Url("/a")), Validators.None, null, CancellationToken.None);
        Assert.That(_time.Waits, Has.Count.EqualTo(2).And.All.InRange(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5)));
    }

    private static RequestDelegate Encoded(string encoding, byte[] body) => async context =>
    {
        context.Response.Headers.ContentEncoding = encoding;
        await context.Response.Body.WriteAsync(body);
    };

    private static async Task CutOff(HttpContext context)
    {
        context.Response.ContentLength = 1000;
        await context.Response.WriteAsync("only the beginning");
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    private static byte[] Compress(string encoding, byte[] body)
    {
        using var compressed = new MemoryStream();
        using (Stream encoder = encoding switch
        {
            "gzip" => new GZipStream(compressed, CompressionLevel.SmallestSize),
            "br" => new BrotliStream(compressed, CompressionLevel.Optimal),
            _ => new ZLibStream(compressed, CompressionLevel.Optimal),
        })
            encoder.Write(body);
        return compressed.ToArray();
    }

    private Task<FetchResult> FetchAsync(string path) =>
        _client.FetchAsync(new FetchRequest(LoopbackSite.Url(path)), Validators.None, null, CancellationToken.None);
}
