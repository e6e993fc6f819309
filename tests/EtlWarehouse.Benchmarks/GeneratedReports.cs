using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EtlWarehouse.Loading.Staging;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Forms;
using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.Benchmarks;

/// <summary>Readings as the reader would give them: all cells with raw text and locator, checks, prose. The same on every run.</summary>
internal sealed class GeneratedReports(ReferenceData reference, int seed)
{
    // Of the 200 cells of a bureau's report about a quarter are not zero.
    private const double NonZeroShare = 0.25;
    private const int SectionLength = 500;

    // Five of a county in most benchmarks; a warehouse of many counties has to take more of each.
    private const int UsualBodies = 5;
    private static readonly string[] Bodies =
        ["司法局", "教育局", "市场监督管理局", "自然资源局", "财政局", "民政局", "统计局", "审计局", "水利局", "交通运输局", "农业农村局", "人民防空办公室"];
    private static readonly string[] Kinds =
        ["justice", "education", "market_regulation", "natural_resources", "finance", "civil_affairs", "statistics", "audit", "water", "transport", "agriculture", "civil_defense"];
    private static readonly int[] Years = [2021, 2022, 2023, 2024];

    public static int MostBodies => Bodies.Length;

    /// <summary>Reports of many agencies on many years, without prose, in the order of counties, bodies and years.</summary>
    /// <param name="counties">There are some 2,800.</param>
    /// <param name="bodies">Agencies of each county, at most <see cref="MostBodies"/>.</param>
    /// <param name="years">Each body has a report on each.</param>
    /// <param name="revision">Other values of the same agencies and years. A report is the same whatever stands before it.</param>
    public IEnumerable<StagedDocument> Star(int counties, int bodies, IReadOnlyList<int> years, int revision = 0)
    {
        var form = reference.Forms.Single(form => form.Code == "2021");
        return
            from county in reference.Divisions
                .Where(division => division.Level == "county" && division.FromYear <= years[0] && division.ToYear is null)
                .Take(counties)
            from body in Enumerable.Range(0, bodies)
            from year in years
            let random = new Random(Seed(county, body, year, revision))
            select Document(form, county, body, year, revision, random, withProse: false);
    }

    /// <param name="count">A multiple of the bodies times the years: each county has all of them.</param>
    /// <param name="revision">Other values of the same agencies and years.</param>
    public IReadOnlyList<StagedDocument> Generate(int count, int revision = 0)
    {
        var form = reference.Forms.Single(form => form.Code == "2021");
        var counties = reference.Divisions
            .Where(division => division.Level == "county" && division.FromYear <= Years[0] && division.ToYear is null)
            .Take(count / (UsualBodies * Years.Length));
        var random = new Random(seed + revision);
        var reports =
            from county in counties
            from body in Enumerable.Range(0, UsualBodies)
            from year in Years
            select Document(form, county, body, year, revision, random, withProse: true);
        return [.. reports];
    }

    private static StagedDocument Document(FormDefinition form, Division county, int body, int year, int revision, Random random, bool withProse)
    {
        var url = string.Create(CultureInfo.InvariantCulture, $"http://{county.Code}.example.gov.cn/{Kinds[body]}/{year}/{revision}.html");
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url)));
        var name = county.Name + Bodies[body];
        var published = new DateOnly(year + 1, 1, 10 + revision);
        var report = new ParsedReport(
            new ReportIdentity($"{name}{year}年政府信息公开工作年度报告", name, Bodies[body], county.Code, Kinds[body], year, form.Code, published),
            [.. form.Cells.Select(cell => Cell(cell, random))],
            [.. form.Checks.Select(check => Check(check, random))],
            [.. form.Measures.Select(measure => new NarrativeReading(measure.Code, 12, "受理政府信息公开申请12件", "p[3]", true, 12))],
            withProse ? [.. form.Sections.Select(section => new ReportSection(section.Code, section.Titles[0], Prose(random), $"p[{section.Ordinal}]"))] : []);
        return new StagedDocument(
            sha256, url, new DateTimeOffset(published, TimeOnly.MinValue, TimeSpan.Zero), "bench", county.Code,
            new ReadResult(new DocumentIdentity(sha256, "text/html", "utf-8"), report, null, [new Finding(Severity.Info, "label.variant", "本年新收", "table[2]/r1c1")]));
    }

    // The same in every process, which HashCode is not.
    private int Seed(Division county, int body, int year, int revision) =>
        unchecked((((((seed * 31) + int.Parse(county.Code, CultureInfo.InvariantCulture)) * 31) + body) * 3137 + year) * 31 + revision);

    private static CellReading Cell(FormCell cell, Random random)
    {
        var number = random.NextDouble() < NonZeroShare ? 1 + (int)Math.Pow(10, random.NextDouble() * 3) : 0;
        return new CellReading(
            cell.Code, number, CellState.Reported, number.ToString(CultureInfo.InvariantCulture), $"table[2]/r{1 + (cell.Position / 7)}c{1 + (cell.Position % 7)}");
    }

    private static CheckResult Check(FormCheck check, Random random)
    {
        var sum = random.Next(100);
        return new CheckResult(check.Id, CheckStatus.Pass, sum, sum);
    }

    private static string Prose(Random random) =>
        string.Create(SectionLength, random, (text, source) =>
        {
            for (var index = 0; index < text.Length; index++)
                text[index] = (char)('\u4e00' + source.Next(3000));
        });
}
