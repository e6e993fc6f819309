using System.Text;
using EtlWarehouse.Crawling.Archive;
using EtlWarehouse.Crawling.Pipelines;

namespace EtlWarehouse.Tests.Crawling.Archive;

public sealed class ArchiveCheckTests : ArchiveFixture
{
    private static readonly DateTimeOffset Morning = new(2026, 1, 20, 2, 30, 0, TimeSpan.Zero);

    private string _body = null!;

    [SetUp]
    public async Task Fill()
    {
        var pipeline = new CrawlPipeline("test", "测试", null, "Asia/Shanghai", "test@example.org", Politeness.Default, false, null, [], []);
        var sha256 = Archive.Bodies.Add(Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(2008, 18).Select(year => $"甲局{year}年政府信息公开工作年度报告"))));
        Archive.Captures.Add(new Capture(
            sha256, "http://a.test/1", "test", Archive.Pipelines.Add(pipeline), "site", Morning, "text/html", null, "1", "标题", null, null, null, null, null,
            new Dictionary<string, string>()));
        using (var log = Archive.Fetches.Begin(Morning))
        {
            await log.AddAsync(new FetchRecord(Morning, "test", "site", "page", "http://a.test/1", "fetched", sha256, "text/html", null, null, []), CancellationToken.None);
            await log.AddAsync(new FetchRecord(Morning, "test", "site", "page", "http://a.test/2", "failed", null, null, "http.404", "not there", []), CancellationToken.None);
        }

        _body = Directory.GetFiles(Path.Combine(Archive.Root, "bodies"), "*", SearchOption.AllDirectories).Single();
    }

    [Test]
    public void Run_AsWritten_FindsNothing()
    {
        var summary = Check();
        Assert.Multiple(() =>
        {
            Assert.That(summary.Findings.Select(finding => finding.Message), Is.Empty);
            Assert.That((summary.Bodies, summary.Captures, summary.Pipelines, summary.Fetches, summary.Torn), Is.EqualTo((1, 1, 1, 2, 0)));
        });
    }

    [Test]
    public void Run_AnyByteOfABodyFlipped_IsFound()
    {
        var whole = File.ReadAllBytes(_body);
        Assert.Multiple(() =>
        {
            for (var index = 0; index < whole.Length; index++)
            {
                var damaged = whole.ToArray();
                // The last byte before the checksum has bits without meaning, the high ones.
                damaged[index] ^= 0x01;
                File.WriteAllBytes(_body, damaged);
                Assert.That(Check().Findings.Select(finding => finding.Path), Is.EqualTo(new[] { Path.GetRelativePath(Archive.Root, _body) }), $"byte {index}");
            }
        });
    }

    [Test]
    public void Run_BodyLongerOrShorter_IsFound([Values(-9, -1, 1, 20)] int more)
    {
        var whole = File.ReadAllBytes(_body);
        File.WriteAllBytes(_body, more < 0 ? whole[..^-more] : [.. whole, .. new byte[more]]);
        Assert.That(Check().Findings, Has.Count.EqualTo(1));
    }

    [Test]
    public void Run_BodyMissing_IsNamedByWhoeverSpeaksOfIt()
    {
        File.Delete(_body);
        Assert.That(
            Check().Findings.Select(finding => finding.Message),
            Has.Exactly(2).Items.And.All.Contains($"expected its body {Path.GetFileNameWithoutExtension(_body)}, found none"));
    }

    [TestCase("readme.txt")]
    [TestCase("bodies/ab/cd/note.txt")]
    [TestCase("bodies/ab/cd/0000000000000000000000000000000000000000000000000000000000000000.gz")]   // not in its folder
    [TestCase("captures/ab/cd/x.json")]
    [TestCase("fetches/2026-01-20/other.jsonl")]
    public void Run_ForeignFile_IsFound(string name)
    {
        var file = Path.Combine(Archive.Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "x");
        Assert.That(Check().Findings.Select(finding => finding.Path), Is.EqualTo(new[] { name }));
    }

    [Test]
    public void Run_CaptureUnderAnotherName_IsFound()
    {
        var capture = Directory.GetFiles(Path.Combine(Archive.Root, "captures"), "*", SearchOption.AllDirectories).Single();
        File.WriteAllText(capture, File.ReadAllText(capture).Replace("a.test/1", "a.test/3", StringComparison.Ordinal));
        Assert.That(Check().Findings.Single().Message, Does.Contain("expected the capture of its name"));
    }

    [TestCase(-10, 0, 1)]   // a run that died while it wrote the line
    [TestCase(10, 1, 0)]    // a line in the middle is no record
    public void Run_FetchesCutOff_CountAsTheyAre(int at, int findings, int torn)
    {
        var file = Directory.GetFiles(Path.Combine(Archive.Root, "fetches"), "*", SearchOption.AllDirectories).Single();
        var text = File.ReadAllText(file);
        File.WriteAllText(file, at < 0 ? text[..^-at] : text.Remove(at, 10));
        var summary = Check();
        Assert.That((summary.Findings.Count, summary.Torn), Is.EqualTo((findings, torn)));
    }

    private ArchiveCheckSummary Check() => new ArchiveCheck(Archive).Run(null, CancellationToken.None);
}
