using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EtlWarehouse.Crawling.Fetching;
using EtlWarehouse.Crawling.Pipelines;
using Microsoft.AspNetCore.Http;

namespace EtlWarehouse.IntegrationTests.Crawling;

/// <summary>What a server could do to whoever asks it, over real sockets. Each test fails without the guard it is about.</summary>
public sealed class HostileServerTests
{
    private static readonly FetchLimits Limits = new() { BodyBytes = 10_000, Retries = 0 };

    private LoopbackSite _site = null!;

    [SetUp]
    public async Task Start() => _site = await LoopbackSite.StartAsync();

    [TearDown]
    public ValueTask Stop() => _site.DisposeAsync();

    [TestCase("169.254.169.254")]   // where clouds keep secrets
    [TestCase("[fe80::1]")]
    [TestCase("0.0.0.0")]
    [TestCase("224.0.0.1")]
    [TestCase("[64:ff9b::7f00:1]")]
    public async Task FetchAsync_AddressThatNoPipelineMeans_IsRefusedEvenWhereLoopbackIsAllowed(string host)
    {
        _site.Answer("/a", LoopbackSite.Status(302, ("Location", $"http://{host}:{_site.Port}/secret")));
        Assert.That((await FetchAsync("/a")).Fault!.Code, Is.EqualTo("address.refused"));
    }

    [Test]
    public async Task FetchAsync_NameThatResolvesToTheInside_IsRefused()
    {
        using var client = Client(pipeline => pipeline with { AllowLoopback = false });
        _site.Answer("/a", LoopbackSite.Text("inside"));
        var result = await client.FetchAsync(new FetchRequest(new Uri($"http://localhost:{_site.Port}/a")), Validators.None, null, CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(result.Fault!.Code, Is.EqualTo("address.refused"));
            Assert.That(_site.Requests, Is.Empty);
        });
    }

    [TestCase("ftp://www.site.test/a", "url.scheme")]
    [TestCase("file:///etc/passwd", "url.scheme")]
    [TestCase("http://me:secret@www.site.test/a", "url.credentials")]
    public async Task FetchAsync_AddressOfAnotherKind_IsNotAsked(string url, string code)
    {
        using var client = Client();
        var result = await client.FetchAsync(new FetchRequest(new Uri(url)), Validators.None, null, CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That((result.Fault!.Code, result.Attempts), Is.EqualTo((code, 0)));
            Assert.That(result.Fault.Message, Does.Not.Contain("secret"));
            Assert.That(_site.Requests, Is.Empty);
        });
    }

    [Test]
    public async Task FetchAsync_RedirectWithCredentials_IsNotFollowed()
    {
        _site.Answer("/a", LoopbackSite.Status(302, ("Location", "http://me:secret@www.site.test/b")));
        _site.Answer("/b", LoopbackSite.Text("年报"));
        var result = await FetchAsync("/a");
        Assert.Multiple(() =>
        {
            Assert.That(result.Fault!.Code, Is.EqualTo("url.credentials"));
            Assert.That(_site.Requests, Is.EqualTo(new[] { "GET /a" }));
        });
    }

    [Test]
    public async Task FetchAsync_Cookie_IsNeverSentBack()
    {
        var sent = new List<string>();
        _site.Answer("/a", LoopbackSite.Status(302, ("Location", "/b"), ("Set-Cookie", "session=secret; path=/")));
        _site.Answer("/b", async context =>
        {
            sent.AddRange(context.Request.Headers.Select(header => header.Key));
            await context.Response.WriteAsync("年报");
        });
        var result = await FetchAsync("/a");
        Assert.Multiple(() =>
        {
            Assert.That(result.Status, Is.EqualTo(FetchStatus.Fetched));
            Assert.That(sent, Has.None.EqualTo("Cookie").And.None.EqualTo("Authorization"));
            Assert.That(result.Hops[0].ResponseHeaders, Does.Contain("Set-Cookie: (not kept)"));
        });
    }

    [TestCase("http://other.test/b", "GET", "")]
    [TestCase("/b", "POST", "\"tag\"")]   // the same server may be told again
    public async Task FetchAsync_RedirectToAnotherHost_IsNotToldWhatTheFirstWas(string target, string method, string tag)
    {
        using var client = new SiteClient(LoopbackSite.Pipeline(), TimeProvider.System, _site.ServedAs("other.test"), Limits);
        var told = ("", "");
        _site.Answer("/a", LoopbackSite.Status(307, ("Location", target)));
        _site.Answer("/b", async context =>
        {
            told = (context.Request.Method, context.Request.Headers.IfNoneMatch.ToString());
            await context.Response.WriteAsync("年报");
        });
        await client.FetchAsync(new FetchRequest(LoopbackSite.Url("/a"), "password=secret"), new Validators("\"tag\"", null), null, CancellationToken.None);
        Assert.That(told, Is.EqualTo((method, tag)));
    }

    [TestCase("www.site.test", null)]
    [TestCase("other.test", "tls")]   // an exception is one host's
    [TestCase(null, "tls")]
    public async Task FetchAsync_CertificateOfNobody_IsRefusedUnlessThePipelineExcusesTheHost(string? excused, string? code)
    {
        await using var secure = await LoopbackSite.StartAsync(SelfSigned());
        secure.Answer("/a", LoopbackSite.Text("年报"));
        using var client = new SiteClient(
            LoopbackSite.Pipeline() with { TlsUnverified = excused is null ? [] : [excused] }, TimeProvider.System, secure.Served, Limits);
        var result = await client.FetchAsync(new FetchRequest(new Uri("https://www.site.test/a")), Validators.None, null, CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(result.Fault?.Code, Is.EqualTo(code));
            Assert.That(result.Hops.Single().Tls, code is null ? Does.StartWith("unverified: Remote") : Is.Null);
            Assert.That(secure.Requests, Has.Count.EqualTo(code is null ? 1 : 0));
        });
    }

    [TestCase("gzip")]
    [TestCase("br")]
    [TestCase("deflate")]
    [TestCase("raw deflate")]
    [TestCase("gzip, gzip")]
    [TestCase("gzip, br")]
    public async Task FetchAsync_SmallBodyThatSwells_IsRefused(string encodings)
    {
        var bomb = encodings.Split(", ").Aggregate(new byte[Limits.BodyBytes * 100], Compress);
        Assert.That(bomb, Has.Length.LessThan(Limits.BodyBytes));
        _site.Answer("/a", Encoded(encodings.Replace("raw ", "", StringComparison.Ordinal), bomb));
        Assert.That((await FetchAsync("/a")).Fault!.Code, Is.EqualTo("body.too_large"));
    }

    [TestCase("deflate")]
    [TestCase("raw deflate")]   // without zlib's head, as some servers send it
    [TestCase("gzip, br")]
    public async Task FetchAsync_BodyInThatEncoding_IsRead(string encodings)
    {
        _site.Answer("/a", Encoded(encodings.Replace("raw ", "", StringComparison.Ordinal), encodings.Split(", ").Aggregate("年报"u8.ToArray(), Compress)));
        Assert.That((await FetchAsync("/a")).Response?.Body, Is.EqualTo("年报"u8.ToArray()));
    }

    [Test]
    public async Task FetchAsync_ManyEncodingsInOneAnother_AreRefused()
    {
        var encodings = Enumerable.Repeat("gzip", 3).ToList();
        _site.Answer("/a", Encoded(string.Join(", ", encodings), encodings.Aggregate("年报"u8.ToArray(), Compress)));
        Assert.That((await FetchAsync("/a")).Fault!.Code, Is.EqualTo("body.encoding"));
    }

    [TestCase(200)]
    [TestCase(404)]   // also where only the status counts
    public async Task FetchAsync_EndlessBody_Ends(int status)
    {
        var sent = 0L;
        _site.Answer("/a", async context =>
        {
            context.Response.StatusCode = status;
            var piece = new byte[4096];
            while (!context.RequestAborted.IsCancellationRequested && sent < 100_000_000)
            {
                await context.Response.Body.WriteAsync(piece, context.RequestAborted);
                sent += piece.Length;
            }
        });
        var result = await FetchAsync("/a");
        Assert.Multiple(() =>
        {
            Assert.That(result.Fault!.Code, Is.EqualTo(status == 200 ? "body.too_large" : "http.404"));
            Assert.That(sent, Is.LessThan(100_000_000));
        });
    }

    [Test]
    public async Task FetchAsync_BodyByDrops_IsTooSlow()
    {
        using var client = Client(limits: Limits with { BytesPerSecond = 1000, SpeedGrace = TimeSpan.FromMilliseconds(200) });
        _site.Answer("/a", async context =>
        {
            for (var index = 0; index < 2000; index++)
            {
                await context.Response.WriteAsync("x", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(10, context.RequestAborted);
            }
        });
        Assert.That((await FetchAsync(client, "/a")).Fault!.Code, Is.EqualTo("body.slow"));
    }

    [TestCase(true, "expected more of the body within 1 s, found none")]
    [TestCase(false, "expected an answer to begin within 1 s, found none")]
    public async Task FetchAsync_Silence_TimesOut(bool isInBody, string message)
    {
        using var client = Client(limits: Limits with { Silence = TimeSpan.FromSeconds(1) });
        _site.Answer("/a", async context =>
        {
            if (isInBody)
            {
                await context.Response.WriteAsync("begun");
                await context.Response.Body.FlushAsync();
            }

            await Task.Delay(TimeSpan.FromMinutes(1), context.RequestAborted);
        });
        // The first request of a process takes longer than any other.
        await FetchAsync(client, "/warm");
        var fault = (await FetchAsync(client, "/a")).Fault!;
        Assert.That((fault.Code, fault.Message), Is.EqualTo(("timeout", $"http://www.site.test/a: {message}")));
    }

    [Test]
    public async Task FetchAsync_SteadyDripThatIsFastEnough_EndsWithTheAttempt()
    {
        using var client = Client(limits: Limits with { Attempt = TimeSpan.FromMilliseconds(500), BytesPerSecond = 1 });
        _site.Answer("/a", async context =>
        {
            while (true)
            {
                await context.Response.WriteAsync("x", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(20, context.RequestAborted);
            }
        });
        Assert.That((await FetchAsync(client, "/a")).Fault!.Code, Is.EqualTo("timeout"));
    }

    private static RequestDelegate Encoded(string encodings, byte[] body) => async context =>
    {
        context.Response.Headers.ContentEncoding = encodings;
        await context.Response.Body.WriteAsync(body);
    };

    private static byte[] Compress(byte[] body, string encoding)
    {
        using var compressed = new MemoryStream();
        using (Stream encoder = encoding switch
        {
            "gzip" => new GZipStream(compressed, CompressionLevel.SmallestSize),
            "br" => new BrotliStream(compressed, CompressionLevel.Optimal),
            "raw deflate" => new DeflateStream(compressed, CompressionLevel.SmallestSize),
            _ => new ZLibStream(compressed, CompressionLevel.SmallestSize),
        })
            encoder.Write(body);
        return compressed.ToArray();
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=www.site.test", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        // Kestrel wants a key that outlives this method.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }

    private SiteClient Client(Func<CrawlPipeline, CrawlPipeline>? change = null, FetchLimits? limits = null) =>
        new(change is null ? LoopbackSite.Pipeline() : change(LoopbackSite.Pipeline()), TimeProvider.System, _site.Served, limits ?? Limits);

    private async Task<FetchResult> FetchAsync(string path)
    {
        using var client = Client();
        return await FetchAsync(client, path);
    }

    private static Task<FetchResult> FetchAsync(SiteClient client, string path) =>
        client.FetchAsync(new FetchRequest(LoopbackSite.Url(path)), Validators.None, null, CancellationToken.None);
}
