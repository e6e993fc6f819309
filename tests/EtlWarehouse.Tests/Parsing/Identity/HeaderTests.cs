using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.Tests.Parsing.Identity;

/// <summary>Heads of reports in <c>tests/fixtures/headers</c>: whose report on which year each is, or why a person has to say so.</summary>
public sealed partial class HeaderTests
{
    private static readonly string File = Path.Combine(ReferenceReports.Root, "tests", "fixtures", "headers", "headers.txt");

    private static readonly ReportReader Reader = new(ReferenceReports.Reference.With(
        [new Division("990101", "示范高新区", "county", "河南省", "洛阳市", "示范高新区", 2000, null, [])]));

    /// <summary>The tables of a sound report, so that nothing but the head is in question.</summary>
    private static readonly string Tables = string.Concat(Table().Matches(System.IO.File.ReadAllText(
        Directory.GetFiles(Path.Combine(ReferenceReports.Root, "samples", "qinghe"), "t2024*.html", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First()))
        .Select(match => match.Value)
        .Where(table => !table.Contains("xxgk-head", StringComparison.Ordinal)));

    private static IEnumerable<TestCaseData> Cases() => System.IO.File.ReadLines(File)
        .Where(line => line.Contains("=>", StringComparison.Ordinal) && !line.StartsWith('#'))
        .Select(line => line.Split(" => "))
        .Select(sides => new TestCaseData(sides[0], sides[1].Trim()).SetArgDisplayNames(sides[0], sides[1].Trim()));

    [TestCaseSource(nameof(Cases))]
    public void Read_Header_IsPlacedOrReviewed(string header, string expected) => Assert.That(Placing(header), Is.EqualTo(expected));

    [Test]
    public void Read_Headers_AreNumerousAndOfBothKinds() => Assert.Multiple(() =>
    {
        Assert.That(Cases().Count(), Is.GreaterThan(150));
        Assert.That(Cases().Count(header => ((string)header.Arguments[1]!).StartsWith('?')), Is.GreaterThan(40));
        Assert.That(Cases().Select(header => header.Arguments[0]), Is.Unique);
    });

    [Test]
    public void Read_HeaderWithDisagreement_RecordsWhoSaidWhat()
    {
        var result = Read("h=芮城县司法局2023年政府信息公开工作年度报告; period=2022; list=芮城县司法局2023年政府信息公开工作年度报告; pub=芮城县人民政府办公室;"
            + " meta.site=齐齐哈尔市人民政府; meta.id=2302000001; meta.source=内容来源; site=140830; url=http://www.rcx.gov.cn/t20240110_1.html; hosts=www.rcx.gov.cn");
        Assert.That(result.Witnesses.Select(witness => (witness.Code, witness.DivisionCode, witness.Year, witness.Agrees)), Is.EqualTo(new (string, string?, int?, bool?)[]
        {
            ("title", "140830", 2023, true),
            ("list.title", "140830", 2023, true),
            ("period", null, 2022, false),
            ("publisher", "140830", null, false),      // the government's office publishes for the bureau
            ("meta.site", "230200", null, false),
            ("url.date", null, 2023, true),
            ("host", null, null, true),
            ("site", "140830", null, true),
        }));
        Assert.That(result.Report!.Identity.Review, Is.Null);
        Assert.That(result.Findings.Where(finding => finding.Code == "witness.disagrees").Select(finding => (finding.Severity, finding.Printed)), Is.EqualTo(new[]
        {
            (Severity.Warning, "2022"), (Severity.Info, "芮城县人民政府办公室"), (Severity.Info, "齐齐哈尔市人民政府 2302000001"),
        }));
    }

    private static string Placing(string header)
    {
        var result = Read(header);
        if (result.Report?.Identity is not { } identity)
            return $"? {result.Refusal!.Code}";
        return identity.Review is null
            ? string.Create(CultureInfo.InvariantCulture, $"{identity.DivisionCode}/{identity.AgencyBody} {identity.Year}")
            : $"? {identity.Review}";
    }

    private static ReadResult Read(string header)
    {
        var fields = header.Split("; ").Select(field => field.Split('=', 2)).ToDictionary(field => field[0], field => field[1]);
        string? Given(string key) => fields.GetValueOrDefault(key);
        return Reader.Read(new SourceDocument(Encoding.UTF8.GetBytes(Page(Given)), Given("url") ?? "page.html", "text/html", "utf-8", new PlaceHint(Given("site"), Given("agency"))
        {
            ListTitle = Given("list"),
            Hosts = Given("hosts")?.Split(','),
        }));
    }

    private static string Page(Func<string, string?> given)
    {
        string Meta(string key, string name) => given(key) is { } content ? $"<meta name=\"{name}\" content=\"{content}\">" : "";
        string Line(string key, string format) => given(key) is { } words ? string.Format(CultureInfo.InvariantCulture, format, words) : "";
        return "<html><head><meta charset=\"utf-8\">"
            + Meta("meta.title", "ArticleTitle") + Meta("meta.source", "ContentSource") + Meta("meta.site", "SiteName")
            + Meta("meta.id", "SiteIDCode") + Meta("meta.date", "PubDate") + "</head><body>"
            + Line("pub", "<table><tr><td>发布机构：</td><td>{0}</td><td>文号</td><td>无</td></tr></table>")
            + Line("h", "<h1>{0}</h1>")
            + Line("period", "<p>本报告所列数据的统计期限自{0}年1月1日起，至{0}年12月31日止。</p>")
            + "<p>一、总体情况</p>" + Line("prose", "<p>{0}</p>") + Tables
            + "<p>六、其他需要报告的事项</p><p>无。</p>"
            + Line("sign", "<p>{0}</p><p>2099年1月20日</p>") + "</body></html>";
    }

    [GeneratedRegex("<table.*?</table>", RegexOptions.Singleline)]
    private static partial Regex Table();
}
