using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using EtlWarehouse.Crawling.Archive.Warc;
using EtlWarehouse.IntegrationTests.Commands;

namespace EtlWarehouse.IntegrationTests.Crawling;

/// <summary>What a crawl did, as another archive reads it.</summary>
public sealed class WarcExportTests : CrawlFixture
{
    private const string Report = "<html><body>甲局 一、本年新收政府信息公开申请数量</body></html>";

    [SetUp]
    public void Prepare()
    {
        Site.Answer("/doc/0.html", LoopbackSite.Status(302, ("Location", "/moved.html"), ("Set-Cookie", "session=secret")));
        Site.Answer("/moved.html", async context =>
        {
            using var compressed = new MemoryStream();
            using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
                gzip.Write(Encoding.UTF8.GetBytes(Report));
            context.Response.Headers.ContentEncoding = "gzip";
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.Body.WriteAsync(compressed.ToArray());
        });
        Site.Answer("/doc/2.html", LoopbackSite.Status(404));
    }

    [Test]
    public async Task CrawlAsync_Fetch_KeepsEveryRequestAndHead()
    {
        await CrawlTwiceAsync();
        var fetch = Archive.Fetches.ReadAll().First(each => each.Request.EndsWith("/doc/0.html", StringComparison.Ordinal));
        await using var connection = await Database.Owner.OpenConnectionAsync();
        var mirrored = await connection.QuerySingleAsync<(string Url, string Address, int Status, int Hops)>(
            """
            select hops -> 1 ->> 'url', hops -> 1 ->> 'address', (hops -> 1 ->> 'status')::int, jsonb_array_length(hops)
            from ops.fetch where request like '%/doc/0.html' and outcome = 'fetched'
            """);
        var everything = string.Concat(Directory.EnumerateFiles(Folder.FullName, "*.json*", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.Multiple(() =>
        {
            Assert.That((fetch.Purpose, fetch.Outcome, fetch.Hops.Count), Is.EqualTo(("page", "fetched", 2)));
            Assert.That(fetch.Hops[0].RequestHeaders, Has.Some.StartsWith("User-Agent: EtlWarehouse/1.0 "));
            Assert.That((fetch.Hops[0].Status, fetch.Hops[0].Address), Is.EqualTo((302, $"127.0.0.1:{Site.Port}")));
            Assert.That(fetch.Hops[0].ResponseHeaders, Does.Contain("Location: /moved.html").And.Contain("Set-Cookie: (not kept)"));
            Assert.That(fetch.Hops[1].ResponseHeaders, Does.Contain("Content-Encoding: gzip").And.Contain("Content-Type: text/html; charset=utf-8"));
            Assert.That(fetch.Hops[1].At, Is.EqualTo(fetch.EndedAt).Within(TimeSpan.FromMinutes(1)));
            Assert.That(mirrored, Is.EqualTo(("http://www.site.test/moved.html", $"127.0.0.1:{Site.Port}", 200, 2)));
            Assert.That(everything, Does.Not.Contain("secret"));
        });
    }

    [Test]
    public async Task Write_TwoNights_AreReadByTheStandard()
    {
        await CrawlTwiceAsync();
        var records = Export("all.warc.gz", out var summary);
        Assert.Multiple(() =>
        {
            Assert.That(summary.Faults, Is.Empty);
            Assert.That(records[0].Type, Is.EqualTo("warcinfo"));
            Assert.That(records.Skip(1).GroupBy(record => record.Type).ToDictionary(type => type.Key, type => type.Count()), Is.EqualTo(summary.Records));
            Assert.That(records.Select(record => record.Fields["WARC-Record-ID"]), Is.Unique.And.All.Match("^<urn:uuid:[0-9a-f-]{36}>$"));
            Assert.That(records.Select(record => record.Fields["WARC-Date"]), Is.All.Match(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$"));
            foreach (var record in records)
                Assert.That(record.Fields["WARC-Block-Digest"], Is.EqualTo($"sha256:{Convert.ToHexStringLower(SHA256.HashData(record.Block))}"));
            Assert.That(records.Where(record => record.Type != "warcinfo").Select(record => record.Fields["WARC-Warcinfo-ID"]), Is.All.EqualTo(records[0].Fields["WARC-Record-ID"]));
            Assert.That(Encoding.UTF8.GetString([.. records.SelectMany(record => record.Block)]), Does.Not.Contain("secret").And.Not.Contain("Cookie"));
        });
    }

    [Test]
    public async Task Write_Exchange_IsARequestAndItsResponse()
    {
        await CrawlTwiceAsync();
        var records = Export("all.warc.gz", out _);
        var response = records.First(record => record.Type == "response" && record.Fields["WARC-Target-URI"].EndsWith("/moved.html", StringComparison.Ordinal));
        var request = records.Single(record => record.Fields.GetValueOrDefault("WARC-Concurrent-To") == response.Fields["WARC-Record-ID"]);
        var (head, body) = response.Http();
        Assert.Multiple(() =>
        {
            Assert.That(response.Fields["WARC-IP-Address"], Is.EqualTo("127.0.0.1"));
            Assert.That(response.Fields["Content-Type"], Is.EqualTo("application/http;msgtype=response"));
            Assert.That(response.Fields["WARC-Payload-Digest"], Is.EqualTo($"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Report)))}"));
            Assert.That(head, Does.Contain("HTTP/1.1 200 OK").And.Contain("X-Archive-Orig-Content-Encoding: gzip").And.Contain($"Content-Length: {body.Length}"));
            Assert.That(head, Has.None.StartsWith("Content-Encoding").And.None.StartsWith("Transfer-Encoding"));
            Assert.That(Encoding.UTF8.GetString(body), Is.EqualTo(Report));
            Assert.That(request.Http().Head, Does.Contain("GET /moved.html HTTP/1.1").And.Contain("Host: www.site.test"));
        });
    }

    [Test]
    public async Task Write_WhatDidNotChange_IsARevisitOfWhatIsThere()
    {
        await CrawlTwiceAsync();
        var records = Export("all.warc.gz", out _);
        var byId = records.ToDictionary(record => record.Fields["WARC-Record-ID"]);
        var revisits = records.Where(record => record.Type == "revisit").ToList();
        Assert.Multiple(() =>
        {
            Assert.That(revisits.Select(record => (new Uri(record.Fields["WARC-Target-URI"]).AbsolutePath, record.Fields["WARC-Profile"].Split('/')[^1])), Is.EquivalentTo(new[]
            {
                ("/list.html", "server-not-modified"), ("/doc/1.html", "server-not-modified"), ("/moved.html", "identical-payload-digest"),
            }));
            foreach (var revisit in revisits)
            {
                var origin = byId[revisit.Fields["WARC-Refers-To"]];
                Assert.That(revisit.Fields["WARC-Refers-To-Target-URI"], Is.EqualTo(origin.Fields["WARC-Target-URI"]));
                Assert.That(revisit.Fields["WARC-Refers-To-Date"], Is.EqualTo(origin.Fields["WARC-Date"]));
                Assert.That(revisit.Fields["WARC-Payload-Digest"], Is.EqualTo(origin.Fields["WARC-Payload-Digest"]));
                Assert.That(revisit.Http().Body, Is.Empty);
            }
        });
    }

    [Test]
    public async Task Write_SameArchiveAgainAndToAFolder_GivesTheSameRecords()
    {
        await CrawlTwiceAsync();
        Export("first.warc.gz", out _);
        var first = File.ReadAllBytes(Path.Combine(Folder.FullName, "first.warc.gz"));
        Export("first.warc.gz", out _);
        var folder = Path.Combine(Folder.FullName, "warc") + Path.DirectorySeparatorChar;
        var summary = new WarcExport(Archive, "test").Write(folder, CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllBytes(Path.Combine(Folder.FullName, "first.warc.gz")), Is.EqualTo(first));
            Assert.That(Directory.GetFiles(folder), Is.EqualTo(summary.Files));
            Assert.That(Path.GetFileName(summary.Files.Single()), Does.Match(@"^etl-warehouse-\d{14}-00001\.warc\.gz$"));
        });
    }

    [Test]
    public async Task Write_CaptureWithoutFetch_IsAResource()
    {
        await CrawlTwiceAsync();
        Directory.Delete(Path.Combine(Archive.Root, "fetches"), recursive: true);
        var records = Export("all.warc.gz", out var summary);
        Assert.Multiple(() =>
        {
            Assert.That(summary.Records, Is.EqualTo(new Dictionary<string, int> { ["resource"] = 2 }));
            Assert.That(records.Select(record => record.Fields.GetValueOrDefault("WARC-Target-URI")), Does.Contain("http://www.site.test/doc/0.html"));
            Assert.That(records.Any(record => Encoding.UTF8.GetString(record.Block) == Report));
        });
    }

    [Test]
    public async Task Commands_DamagedArchive_AreNamedWithExitOne()
    {
        await CrawlTwiceAsync();
        var warc = Path.Combine(Folder.FullName, "all.warc.gz");
        var clean = await EtlScript.RunAsync(Folder.FullName, "archive", "verify");
        var exported = await EtlScript.RunAsync(Folder.FullName, "archive", "export", "--warc", warc);
        var body = Directory.GetFiles(Path.Combine(Archive.Root, "bodies"), "*", SearchOption.AllDirectories)[0];
        var bytes = File.ReadAllBytes(body);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(body, bytes);
        var damaged = await EtlScript.RunAsync(Folder.FullName, "archive", "verify");
        var withoutIt = await EtlScript.RunAsync(Folder.FullName, "archive", "export", "--warc", warc);
        Assert.Multiple(() =>
        {
            Assert.That((clean.ExitCode, clean.Error), Is.EqualTo((0, "")));
            Assert.That(clean.Output, Does.Contain("0 处异常 findings"));
            Assert.That((exported.ExitCode, exported.Error), Is.EqualTo((0, "")));
            Assert.That(exported.Output, Does.Contain(" response").And.Contain(warc));
            Assert.That(damaged.ExitCode, Is.EqualTo(1));
            Assert.That(damaged.Error, Does.Contain(Path.GetFileName(body)));
            Assert.That(withoutIt.ExitCode, Is.EqualTo(1));
            Assert.That(withoutIt.Error, Does.Contain(Path.GetFileName(body)));
        });
    }

    private async Task CrawlTwiceAsync()
    {
        var time = new EagerTime(TimeSpan.FromSeconds(50));
        var pipeline = LoopbackSite.Pipeline(LoopbackSite.Site("/list.html"));
        await CrawlAsync(pipeline, time);
        time.Pass(TimeSpan.FromDays(1));
        await CrawlAsync(pipeline, time);
    }

    private List<ReadRecord> Export(string name, out WarcSummary summary)
    {
        var file = Path.Combine(Folder.FullName, name);
        summary = new WarcExport(Archive, "test").Write(file, CancellationToken.None);
        return WarcReader.Read(file);
    }
}
