using EtlWarehouse.Crawling.Archive;
using EtlWarehouse.Crawling.Pipelines;
using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.Tests.Crawling.Archive;

public sealed class CaptureArchiveTests : ArchiveFixture
{
    private static readonly DateTimeOffset Morning = new(2026, 1, 20, 2, 30, 0, TimeSpan.Zero);

    [Test]
    public void Add_SameBodyAndAddressLater_KeepsTheFirst()
    {
        var first = Capture("body", "http://a.test/1", Morning);
        Archive.Captures.Add(first);
        var (stored, isNew) = Archive.Captures.Add(first with { FirstSeenAt = Morning.AddDays(1), ListTitle = "另一标题" });
        Assert.Multiple(() =>
        {
            Assert.That(isNew, Is.False);
            Assert.That(stored.FirstSeenAt, Is.EqualTo(Morning));
            Assert.That(stored.ListTitle, Is.EqualTo("标题"));
            Assert.That(Archive.Captures.ReadAll(), Has.Count.EqualTo(1));
        });
    }

    [Test]
    public void Add_BytesThatReturnAfterOthers_AreCapturedAnewOnce()
    {
        var first = Capture("body", "http://a.test/1", Morning);
        var other = Capture("corrected", "http://a.test/1", Morning.AddDays(1));
        var elsewhere = Capture("body", "http://a.test/2", Morning.AddDays(2));
        Capture[] nights = [first, other, elsewhere, first with { FirstSeenAt = Morning.AddDays(3) }, first with { FirstSeenAt = Morning.AddDays(4) }, other with { FirstSeenAt = Morning.AddDays(5) }];
        Assert.That(nights.Select(capture => Archive.Captures.Add(capture).IsNew), Is.EqualTo(new[] { true, true, true, true, false, true }));
        Assert.That(Archive.Captures.Add(nights[^1] with { FirstSeenAt = Morning.AddDays(6) }).Stored.FirstSeenAt, Is.EqualTo(Morning.AddDays(5)));

        // Also by a program that was started anew.
        var reopened = new DocumentArchive(Archive.Root);
        Assert.That(reopened.Captures.Add(other with { FirstSeenAt = Morning.AddDays(7) }).IsNew, Is.False);
        Assert.That(reopened.Captures.Add(first with { FirstSeenAt = Morning.AddDays(8) }).IsNew, Is.True);
        Assert.That(
            reopened.Captures.ReadAll().Where(capture => capture.Url == "http://a.test/1").Select(capture => (capture.Sha256 == first.Sha256, (capture.FirstSeenAt - Morning).Days)),
            Is.EqualTo(new[] { (true, 0), (false, 1), (true, 3), (false, 5), (true, 8) }));
    }

    [Test]
    public void Add_Capture_ReadsBackWhole()
    {
        var capture = Capture("body", "http://a.test/附件.html?x=1&y=2", Morning.AddMicroseconds(123456)) with
        {
            ListDate = new DateOnly(2026, 1, 19), MediaType = "text/html", Charset = "gb2312", DivisionCode = "990121",
            Headers = new Dictionary<string, string> { ["etag"] = "\"1\"" },
        };
        Archive.Captures.Add(capture);
        var read = Archive.Captures.Find(capture.Sha256, capture.Url)!;
        Assert.Multiple(() =>
        {
            Assert.That(read with { Headers = capture.Headers }, Is.EqualTo(capture));
            Assert.That(read.Headers, Is.EqualTo(capture.Headers));
        });
    }

    [Test]
    public void ReadAll_AnyOrderOfWriting_IsByTimeThenHashThenAddress()
    {
        Capture[] captures =
        [
            Capture("b", "http://a.test/1", Morning),
            Capture("a", "http://a.test/2", Morning),
            Capture("a", "http://a.test/1", Morning),
            Capture("c", "http://a.test/0", Morning.AddTicks(-10)),
        ];
        foreach (var capture in captures)
            Archive.Captures.Add(capture);
        Assert.That(
            Archive.Captures.ReadAll().Select(capture => (capture.Sha256, capture.Url)),
            Is.EqualTo(captures.OrderBy(capture => capture.FirstSeenAt)
                .ThenBy(capture => capture.Sha256, StringComparer.Ordinal)
                .ThenBy(capture => capture.Url, StringComparer.Ordinal)
                .Select(capture => (capture.Sha256, capture.Url))));
    }

    [Test]
    public void Add_FinerThanMicroseconds_IsRefused() =>   // the database could not keep it, and a replay would differ
        Assert.That(() => Archive.Captures.Add(Capture("a", "http://a.test/1", Morning.AddTicks(1))), Throws.ArgumentException);

    [TestCase("{}")]
    [TestCase("null")]
    [TestCase("{\"sha256\":")]
    public void ReadAll_BrokenFile_NamesIt(string json)
    {
        Archive.Captures.Add(Capture("a", "http://a.test/1", Morning));
        var file = Directory.GetFiles(Archive.Root, "*.json", SearchOption.AllDirectories).Single();
        File.WriteAllText(file, json);
        Assert.That(Archive.Captures.ReadAll, Throws.TypeOf<ArchiveException>().With.Message.StartsWith(file));
    }

    [Test]
    public void Pipelines_SamePipeline_IsOneFileThatReadsBack()
    {
        var division = new Division("990121", "青禾县", "county", "示例省", "示例市", "青禾县", 2000, null, ["990122"]);
        var site = new SiteDefinition("a", "甲", "990121", null, null, "trs", [new Uri("http://a.test/")], new SiteExpectation(4, 2021, null));
        var pipeline = new CrawlPipeline(
            "p", "管道", null, "Asia/Shanghai", "a@b.c", Politeness.Default, false, null, [division], [site]);
        var hash = Archive.Pipelines.Add(pipeline);
        var read = Archive.Pipelines.Read(hash);
        Assert.Multiple(() =>
        {
            Assert.That(Archive.Pipelines.Add(read), Is.EqualTo(hash));
            Assert.That(read.Politeness, Is.EqualTo(Politeness.Default));
            Assert.That(read.Divisions.Single() with { Successors = division.Successors, Cessions = division.Cessions }, Is.EqualTo(division));
            Assert.That(read.Sites.Single() with { Start = site.Start }, Is.EqualTo(site));
        });
    }

    private static Capture Capture(string body, string url, DateTimeOffset seen) => new(
        BodyArchive.Hash(System.Text.Encoding.UTF8.GetBytes(body)), url, "p", "hash", "site", seen,
        null, null, null, "标题", null, null, null, null, null, new Dictionary<string, string>());
}
