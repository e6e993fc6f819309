using System.Globalization;
using System.IO.Compression;
using System.Text;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Documents;
using EtlWarehouse.Parsing.Forms;
using EtlWarehouse.SampleSites.Figures;
using EtlWarehouse.SampleSites.Layouts;
using EtlWarehouse.Tests.Parsing.Forms;

namespace EtlWarehouse.Tests.Parsing.Documents.Ofd;

/// <summary>Whichever way a program writes characters and lines, the same numbers stand in the same cells.</summary>
public sealed class OfdDocumentTests
{
    private static readonly OfdStyle[] Styles =
    [
        new(OfdText.Objects),
        new(OfdText.Distances),
        new(OfdText.Runs),
        new(OfdText.Runs, Fills: true),
        new(OfdText.Distances, Templates: true),
        new(OfdText.Runs, Fills: true, Templates: true, Scaled: true),
        new(OfdText.Objects, Scaled: true),
    ];

    [Test]
    public void Read_FormOf2021_GivesEachCell([ValueSource(nameof(Styles))] object style)
    {
        var form = FormOf("2021");
        var sample = SampleReports.Of(SampleAgencies.All.First(agency => agency.Kind == "people_government"), form).First();
        var values = sample.Cells.ToDictionary(cell => cell.Key, cell => cell.Value.Printed);

        var report = Read(ReportHtml.Write(sample, new EditorMarkup(), isDisclosureSplit: false), (OfdStyle)style);

        AssertCells(report, values, form);
        Assert.That(report.Identity.Year, Is.EqualTo(sample.Year));
        Assert.That(report.Checks.Select(check => check.Status), Has.None.EqualTo(CheckStatus.Fail));
        Assert.That(report.Sections.Select(section => section.Code), Is.EqualTo(form.Sections.Select(section => section.Code)));
    }

    [Test]
    public void Read_FormOf2019_GivesEachCell([ValueSource(nameof(Styles))] object style)
    {
        var form = FormOf("2019");
        var values = Values(form, seed: 2019);
        var page = OlderFormPage.Render(form, "青禾县司法局2019年政府信息公开工作年度报告", "2020-01-20", values);

        AssertCells(Read(page, (OfdStyle)style), values, form);
    }

    [Test]
    public void Read_FormOf2014_GivesEachCell([ValueSource(nameof(Styles))] object style)
    {
        var form = FormOf("2014");
        var values = Values(form, seed: 2014);

        AssertCells(Read(new RenderedForm(form, values, new Random(1)).Render("html"), (OfdStyle)style), values, form);
    }

    // Where a person finds the number; the table goes on over the break between the pages.
    [Test]
    public void Read_TableOverPages_IsOneAndSaysWhereEachCellStands()
    {
        var form = FormOf("2019");
        var values = Values(form, seed: 7);
        var page = OlderFormPage.Render(form, "青禾县司法局2019年政府信息公开工作年度报告", "2020-01-20", values);

        var result = ReferenceReports.Reader.Read(new SourceDocument(Print(page, new OfdStyle(OfdText.Runs)), "report.ofd"));

        Assert.That(result.Document.MediaType, Is.EqualTo("application/ofd"));
        var requests = result.Report!.Cells.Where(cell => cell.Code.StartsWith("requests.", StringComparison.Ordinal)).Select(cell => cell.Locator!).ToList();
        Assert.That(requests, Has.All.Match(@"^page\[\d\]/table\[2\]/r\d+c\d+@\d+,\d+,\d+,\d+$"));
        Assert.That(requests, Is.Unique);
        Assert.That(requests.Select(locator => locator[..7]).Distinct().Count(), Is.GreaterThan(1));
    }

    [Test]
    public void Read_WithinAnArchive_IsRead()
    {
        var form = FormOf("2014");
        var values = Values(form, seed: 3);
        var document = Print(new RenderedForm(form, values, new Random(1)).Render("html"), new OfdStyle(OfdText.Runs));

        var report = ReferenceReports.Reader.Read(new SourceDocument(OfdPrint.Zip([("report.ofd", document)]), "report.zip")).Report!;

        AssertCells(report, values, form);
        Assert.That(report.Cells.Select(cell => cell.Locator), Has.All.StartsWith("report.ofd!page["));
    }

    // Text with the picture of a page is what another program made of it.
    [Test]
    public void Read_PageThatIsAPicture_ReadsAsThePicture()
    {
        var picture = File.ReadAllBytes(Path.Combine(ReferenceReports.Root, "tests", "fixtures", "scans", "qinghe-sfj-2024.long.png"));
        var parts = OfdPrint.OnePage("<ImageObject Boundary=\"0 0 210 297\" ResourceID=\"7\"/><TextObject Boundary=\"20 20 90 9\" Size=\"4\"><TextCode X=\"0\" Y=\"4\">99</TextCode></TextObject>")
            .Select(part => (part.Name, Encoding.UTF8.GetBytes(part.Content.Replace("</ofd:CommonData>", "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes></ofd:CommonData>", StringComparison.Ordinal))));
        var document = OfdPrint.Zip([
            .. parts,
            ("Doc_0/DocumentRes.xml", "<Res BaseLoc=\"Res\"><MultiMedias><MultiMedia ID=\"7\" Type=\"Image\"><MediaFile>page.png</MediaFile></MultiMedia></MultiMedias></Res>"u8.ToArray()),
            ("Doc_0/Res/page.png", picture)]);

        var truth = ReferenceReports.ReadTruth(Path.Combine(ReferenceReports.Root, "tests", "fixtures", "samples", "qinghe", "sfj-2024.json"));

        var result = SampleReference.Reader.Read(new SourceDocument(document, "report.ofd"));

        Assert.That(result.Document.MediaType, Is.EqualTo("application/ofd"));
        Assert.That(result.Findings.Select(finding => finding.Code), Does.Contain("document.scan"));
        var reported = result.Report!.Cells.Where(cell => cell.State == CellState.Reported).ToList();
        Assert.That(reported.Where(cell => cell.Value != truth.Cells[cell.Code].Value), Is.Empty);
        Assert.That(reported.Count(cell => cell.Value != 0), Is.GreaterThan(0));
        Assert.That(reported, Has.Count.GreaterThan(100));
    }

    // A digit of a place, a lost quote, a part cut short: a reading or a refusal, never another exception.
    [Test]
    public void Read_DamagedParts_ReadsOrRefuses()
    {
        var form = FormOf("2014");
        var sound = Print(new RenderedForm(form, Values(form, seed: 3), new Random(1)).Render("html"), new OfdStyle(OfdText.Runs, Templates: true));
        using var archive = new ZipArchive(new MemoryStream(sound), ZipArchiveMode.Read);
        var parts = archive.Entries.Select(entry =>
        {
            using var text = new StreamReader(entry.Open());
            return (Name: entry.FullName, Content: text.ReadToEnd());
        }).ToList();
        var random = new Random(33190);
        var refused = 0;
        for (var number = 0; number < 150; number++)
        {
            var damaged = parts.ToList();
            var at = random.Next(damaged.Count);
            var (name, content) = damaged[at];
            var place = random.Next(content.Length);
            damaged[at] = (name, random.Next(4) switch
            {
                0 => content[..place],
                1 => content.Remove(place, Math.Min(random.Next(1, 30), content.Length - place)),
                2 => content.Remove(place, 1).Insert(place, "0123456789 -.eg<\"/"[random.Next(18)].ToString()),
                _ => content.Insert(place, content[..Math.Min(place, 400)]),
            });
            var result = ReferenceReports.Reader.Read(new SourceDocument(OfdPrint.Zip(damaged), "report.ofd"));
            refused += result.Refusal is null ? 0 : 1;
        }

        Assert.That(refused, Is.InRange(30, 140));
    }

    private static FormDefinition FormOf(string code) => ReferenceReports.Reference.Forms.Single(form => form.Code == code);

    private static Dictionary<string, string> Values(FormDefinition form, int seed)
    {
        var random = new Random(seed);
        return form.Cells.ToDictionary(cell => cell.Code, cell => cell switch
        {
            { NeedsPrintedUnit: true } => $"{random.Next(1, 99_999)}元",
            { Kind: CellKind.Change } => $"-{random.Next(1, 99)}",
            _ => random.Next(5) == 0 ? "0" : random.Next(1, 99_999).ToString(CultureInfo.InvariantCulture),
        });
    }

    private static byte[] Print(string page, OfdStyle style) =>
        OfdPrint.Write(DocumentFormats.Read(new SourceDocument(Encoding.UTF8.GetBytes(page), "page.html"))[0].Blocks, style);

    private static ParsedReport Read(string page, OfdStyle style)
    {
        var result = ReferenceReports.Reader.Read(new SourceDocument(Print(page, style), "report.ofd"));
        Assert.That(result.Refusal, Is.Null);
        return result.Report!;
    }

    private static void AssertCells(ParsedReport report, Dictionary<string, string> values, FormDefinition form)
    {
        Assert.That(report.Identity.Form, Is.EqualTo(form.Code));
        Assert.That(
            report.Cells.ToDictionary(cell => cell.Code, cell => $"{cell.State} {cell.Value}"),
            Is.EquivalentTo(values.ToDictionary(cell => cell.Key, cell => string.Create(CultureInfo.InvariantCulture, $"Reported {decimal.Parse(cell.Value.TrimEnd('元'), CultureInfo.InvariantCulture)}"))));
    }
}
