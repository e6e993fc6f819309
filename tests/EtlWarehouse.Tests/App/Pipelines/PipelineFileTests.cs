using EtlWarehouse.App.Pipelines;
using EtlWarehouse.Crawling.Pipelines;
using EtlWarehouse.Tests.Parsing;

namespace EtlWarehouse.Tests.App.Pipelines;

public sealed class PipelineFileTests
{
    private const string Smallest = """
        name: county
        contact: someone@example.org
        sites:
          - code: a
            start: ["https://www.a.test/"]

        """;

    private string _file = null!;

    [SetUp]
    public void MakeFile() => _file = Path.GetTempFileName();

    [TearDown]
    public void RemoveFile() => File.Delete(_file);

    [Test]
    public void Load_Sample_IsRead()
    {
        var pipeline = PipelineFile.Load(Path.Combine(ReferenceReports.Root, "pipelines", "sample.yml"));
        Assert.Multiple(() =>
        {
            Assert.That(pipeline.Name, Is.EqualTo("sample"));
            Assert.That(pipeline.Serve, Is.EqualTo("samples"));
            Assert.That(pipeline.Politeness, Is.EqualTo(new Politeness(TimeSpan.Zero, 2)));
            Assert.That(pipeline.Divisions.Select(division => division.Code), Is.EqualTo(new[] { "990000", "990100", "990102", "990121", "990122" }));
            Assert.That(pipeline.Sites, Has.Count.EqualTo(4));
            Assert.That(pipeline.Sites[0].Expect, Is.EqualTo(new SiteExpectation(17, 2021, 2024)));
        });
    }

    [Test]
    public void Load_Smallest_IsPolite()
    {
        var pipeline = Load(Smallest);
        Assert.Multiple(() =>
        {
            Assert.That(pipeline.Politeness, Is.EqualTo(new Politeness(TimeSpan.FromSeconds(5), 1)));
            Assert.That(pipeline.AllowLoopback, Is.False);
            Assert.That(pipeline.TimeZone, Is.EqualTo("Asia/Shanghai"));
            Assert.That(pipeline.Sites[0].Expect, Is.EqualTo(SiteExpectation.None));
        });
    }

    [TestCase("name: county", "name: County 1", "line 1: expected name: lower-case letters, digits and hyphens, found 'County 1'")]
    [TestCase("contact: someone@example.org", "delay: 5s", "line 2: expected one of name, title, schedule, time_zone, contact, politeness, serve, allow_loopback, divisions, sites, found 'delay'")]
    [TestCase("contact: someone@example.org", "title: x", "line 1: expected contact: a text, found nothing")]
    [TestCase("contact: someone@example.org", "contact: 张三", "line 2: expected contact: an address or page in ASCII, without brackets, found '张三'")]
    [TestCase("contact: someone@example.org", "contact: [a]", "line 2: expected contact: a text, found a list")]
    [TestCase("  - code: a", "  - code: a\n    divison: \"410300\"", "line 5: expected one of code, title, division, agency, kind, family, start, expect, agencies, found 'divison'")]
    [TestCase("  - code: a", "  - code: a\n    division: 4103", "line 5: expected division: six digits, found '4103'")]
    [TestCase("  - code: a", "  - code: a\n    family: trss", "line 5: expected family: gkmlpt or hanweb or trs or paged, found 'trss'")]
    [TestCase("    start:", "    agencies: [司法局]\n    expect: {years: [2021]}\n    start:", "line 5: expected agencies: division beside them, found none")]
    [TestCase("    start:", "    agencies: [司法局]\n    division: \"410303\"\n    start:", "line 5: expected agencies: expect with years beside them, found none")]
    [TestCase("    start:", "    agencies: [司 法 局]\n    start:", "line 5: expected agencies: a name without its place, such as 司法局, found '司 法 局'")]
    [TestCase("https://www.a.test/", "ftp://www.a.test/", "line 5: expected start: an address that begins with http:// or https://, found 'ftp://www.a.test/'")]
    [TestCase("https://www.a.test/", "www.a.test", "line 5: expected start: an address that begins with http:// or https://, found 'www.a.test'")]
    [TestCase("    start: [\"https://www.a.test/\"]", "    expect: {reports: 1}", "line 4: expected start: at least one address, found nothing")]
    [TestCase("    start:", "    expect: {reports: many}\n    start:", "line 5: expected reports: a whole number, found 'many'")]
    [TestCase("    start:", "    expect: {years: [2024, 2021]}\n    start:", "line 5: expected years: the first year, or the first and the last one, such as [2019] or [2019, 2024], found '2024, 2021'")]
    [TestCase("sites:", "politeness: {delay: 5}\nsites:", "line 3: expected delay: seconds or milliseconds such as 5s or 500ms, found '5'")]
    [TestCase("sites:", "politeness: {per_host: 50}\nsites:", "line 3: expected per_host: 1 to 8, found '50'")]
    [TestCase("sites:", "time_zone: Peking\nsites:", "line 3: expected time_zone: a time zone such as Asia/Shanghai, found 'Peking'")]
    [TestCase("sites:", "serve: samples\nsites:", "line 3: expected serve: allow_loopback: true beside it, found none")]
    [TestCase("sites:", "divisions: [{code: \"990100\", name: 甲市, level: city, province: 甲省, from: 2000}]\nsites:", "line 3: expected level: province or prefecture or county, found 'city'")]
    [TestCase("sites:", "schedule: every night\nsites:", "line 3: expected schedule: five fields of a cron expression such as 30 2 * * *, found 'every night'")]
    [TestCase("[\"https://www.a.test/\"]", "[]", "line 4: expected start: at least one address, found nothing")]
    [TestCase("[\"https://www.a.test/\"]", "https://www.a.test/", "line 5: expected start: a list, found 'https://www.a.test/'")]
    [TestCase("sites:", "sites: [\nx:", "line 3: expected YAML, found: ")]   // where the bracket opens
    [TestCase("sites:", "title: \"x\nsites:", "line ")]
    public void Load_Mistake_NamesFileLineExpectedAndFound(string right, string wrong, string message) => Assert.That(
        () => Load(Smallest.Replace(right, wrong, StringComparison.Ordinal)),
        Throws.TypeOf<FormatException>().With.Message.StartsWith($"{_file} {message}"));

    [Test]
    public void Load_TwoSitesOfOneCode_IsRefused() => Assert.That(
        () => Load(Smallest + "  - code: a\n    start: [\"https://www.b.test/\"]\n"),
        Throws.TypeOf<FormatException>().With.Message.EqualTo($"{_file} line 4: expected sites: each code once, found 'a' twice"));

    [Test]
    public void Load_SeveralMistakes_SaysHowManyMoreThereAre() => Assert.That(
        () => Load(Smallest.Replace("contact: someone@example.org", "delay: 5s\ntitel: x", StringComparison.Ordinal)),
        Throws.TypeOf<FormatException>().With.Message.Contains("found 'delay' (2 more: etl pipeline check "));

    [Test]
    public void Load_EmptyFile_IsRefused() =>
        Assert.That(() => Load(""), Throws.TypeOf<FormatException>().With.Message.StartsWith($"{_file} line 1: expected one mapping"));

    private CrawlPipeline Load(string yaml)
    {
        File.WriteAllText(_file, yaml);
        return PipelineFile.Load(_file);
    }
}
