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
            Assert.That((pipeline.Politeness.PerSecond, pipeline.Politeness.AtOnce), Is.EqualTo((50, 32)));
            Assert.That((pipeline.Window, pipeline.Revisit), Is.EqualTo(((CrawlWindow?)null, Revisit.Law)));
            Assert.That(pipeline.TlsUnverified, Is.Empty);
            Assert.That(pipeline.AllowLoopback, Is.False);
            Assert.That(pipeline.TimeZone, Is.EqualTo("Asia/Shanghai"));
            Assert.That(pipeline.Sites[0].Expect, Is.EqualTo(SiteExpectation.None));
        });
    }

    [Test]
    public void Load_Manners_AreRead()
    {
        var pipeline = Load("window: {from: \"22:00\", to: \"06:00\"}\nrevisit: always\ntls_unverified: [www.b.test]\npoliteness: {delay: 2s, per_second: 5, at_once: 3}\n" + Smallest);
        Assert.Multiple(() =>
        {
            Assert.That(pipeline.Window, Is.EqualTo(new CrawlWindow(new TimeOnly(22, 0), new TimeOnly(6, 0))));
            Assert.That(pipeline.Revisit, Is.EqualTo(Revisit.Always));
            Assert.That(pipeline.TlsUnverified, Is.EqualTo(new[] { "www.b.test" }));
            Assert.That(pipeline.Politeness, Is.EqualTo(new Politeness(TimeSpan.FromSeconds(2), 1) { PerSecond = 5, AtOnce = 3 }));
        });
    }

    [TestCase("name: county", "name: County 1", "line 1: expected name: lower-case letters, digits and hyphens, found 'County 1'")]
    [TestCase("contact: someone@example.org", "delay: 5s", "line 2: expected one of name, title, schedule, time_zone, contact, politeness, window, revisit, tls_unverified, serve, allow_loopback, divisions, sites, found 'delay'")]
    [TestCase("contact: someone@example.org", "title: x", "line 1: expected contact: a text, found nothing")]
    [TestCase("contact: someone@example.org", "contact: 张三", "line 2: expected contact: an address or page in ASCII, without brackets, found '张三'")]
    [TestCase("contact: someone@example.org", "contact: [a]", "line 2: expected contact: a text, found a list")]
    [TestCase("  - code: a", "  - code: a\n    divison: \"410300\"", "line 5: expected one of code, title, division, agency, kind, family, start, expect, agencies, found 'divison'")]
    [TestCase("  - code: a", "  - code: a\n    division: 4103", "line 5: expected division: six digits, found '4103'")]
    [TestCase("  - code: a", "  - code: a\n    family: trss", "line 5: expected family: jpaas or fujian or gkmlpt or hanweb-annual or hanweb or inline or trs or anhui or vsb or paged, found 'trss'")]
    [TestCase("    start:", "    agencies: [司法局]\n    expect: {years: [2021]}\n    start:", "line 5: expected agencies: division beside them, found none")]
    [TestCase("    start:", "    agencies: [司法局]\n    division: \"410303\"\n    start:", "line 5: expected agencies: expect with years beside them, found none")]
    [TestCase("    start:", "    agencies: [司 法 局]\n    start:", "line 5: expected agencies: a name without its place, such as 司法局, found '司 法 局'")]
    [TestCase("https://www.a.test/", "ftp://www.a.test/", "line 5: expected start: an address that begins with http:// or https://, without credentials, found 'ftp://www.a.test/'")]
    [TestCase("https://www.a.test/", "www.a.test", "line 5: expected start: an address that begins with http:// or https://, without credentials, found 'www.a.test'")]
    [TestCase("    start: [\"https://www.a.test/\"]", "    expect: {reports: 1}", "line 4: expected start: at least one address, found nothing")]
    [TestCase("    start:", "    expect: {reports: many}\n    start:", "line 5: expected reports: a whole number, found 'many'")]
    [TestCase("    start:", "    expect: {years: [2024, 2021]}\n    start:", "line 5: expected years: the first year, or the first and the last one, such as [2019] or [2019, 2024], found '2024, 2021'")]
    [TestCase("sites:", "politeness: {delay: 5}\nsites:", "line 3: expected delay: seconds or milliseconds such as 5s or 500ms, found '5'")]
    [TestCase("sites:", "politeness: {per_host: 50}\nsites:", "line 3: expected per_host: 1 to 8, found '50'")]
    [TestCase("https://www.a.test/", "https://me:secret@www.a.test/", "line 5: expected start: an address that begins with http:// or https://, without credentials, found 'https://me:secret@www.a.test/'")]
    [TestCase("sites:", "politeness: {per_second: 0}\nsites:", "line 3: expected per_second: 1 to 1000, found '0'")]
    [TestCase("sites:", "window: {from: \"22:00\"}\nsites:", "line 3: expected to: an hour such as \"22:00\", found nothing")]
    [TestCase("sites:", "window: {from: 22h, to: \"06:00\"}\nsites:", "line 3: expected from: an hour such as \"22:00\", found '22h'")]
    [TestCase("sites:", "window: {from: \"22:00\", to: \"22:00\"}\nsites:", "line 3: expected to: another hour than from, found the same")]
    [TestCase("sites:", "revisit: never\nsites:", "line 3: expected revisit: law or always, found 'never'")]
    [TestCase("sites:", "tls_unverified: [\"https://a.test\"]\nsites:", "line 3: expected tls_unverified: a host such as www.example.gov.cn, found 'https://a.test'")]
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
