using EtlWarehouse.Parsing;

namespace EtlWarehouse.Tests.Parsing;

/// <summary>Real reports in the layouts they were found in, cell by cell against their truth.</summary>
public sealed class RealReportsTests
{
    [TestCase("000_539857be2415055f")] // tab-separated, displaced labels
    [TestCase("001_24760dbfdde7e022")] // tab-separated, three displaced groups
    [TestCase("002_fc330919352c58f7")] // one cell a line, typos
    [TestCase("003_98547d250124bcb6")] // one cell a line, labels wrapped over blank lines
    [TestCase("004_b5b2f84b30c3e896")] // PDF text, radicals, wrapped labels
    public void Read_Seed_GivesItsTruth(string seed) =>
        AssertTruth(ReferenceReports.Shared("seeds", seed + ".txt"), ReferenceReports.Shared("reference", "seed-truth", seed + ".txt.json"));

    // Twelve parts of one sentence.
    [Test]
    public void Read_SumOfManyParts_ComesOut()
    {
        var seed = ReferenceReports.Shared("seeds", "000_539857be2415055f.txt");
        var report = ReferenceReports.Reader.Read(new SourceDocument(File.ReadAllBytes(seed), "report.txt")).Report!;
        Assert.That(
            report.Narrative.Where(stated => stated.Measure == "sum.parts").Select(stated => (stated.Value, stated.Table, stated.Agrees)),
            Is.EqualTo(new (decimal?, decimal?, bool?)[] { (210, 210, true) }));
    }

    [TestCase("huaian-2024.pdf")]        // rulings, vertical label, table over two pages
    [TestCase("huaian-2024.layout.txt")] // vertical group label, labels on both sides of their numbers
    [TestCase("huaian-2024.raw.txt")]    // page number inside a group label
    public void Read_RichReport_GivesItsTruth(string file) =>
        AssertTruth(ReferenceReports.Shared("reference", "wild-truth", file), ReferenceReports.Shared("reference", "wild-truth", "huaian-2024.json"));

    private static void AssertTruth(string document, string truthFile)
    {
        var truth = ReferenceReports.ReadTruth(truthFile);
        var result = ReferenceReports.Reader.Read(new SourceDocument(File.ReadAllBytes(document), Path.GetFileName(document)));

        Assert.That(result.Refusal, Is.Null);
        var report = result.Report!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ReferenceReports.Differences(truth, report), Is.Empty);
            Assert.That(report.Checks, Has.Count.EqualTo(42).And.All.Matches<CheckResult>(check => check!.Status == CheckStatus.Pass));
            Assert.That(report.Identity.Agency, Is.EqualTo(truth.Agency));
            Assert.That(report.Identity.DivisionCode, Is.EqualTo(truth.DivisionCode));
            Assert.That(report.Identity.AgencyKind, Is.EqualTo(truth.AgencyKind));
            Assert.That(report.Identity.Year, Is.EqualTo(truth.Year));
            Assert.That(report.Identity.Title, Is.EqualTo(truth.Title).IgnoreWhiteSpace);
            Assert.That(report.Identity.Published?.ToString("yyyy-MM-dd"), Is.EqualTo(truth.Published));
            Assert.That(report.Sections.Select(section => section.Code).Distinct(), Is.SupersetOf(new[] { "overview", "problems", "other_matters" }));
            // The one wrong number of these reports: 750 + 1774 + 861 are 3385.
            Assert.That(
                report.Narrative.Where(stated => stated.Agrees == false).Select(stated => (stated.Measure, stated.Value, stated.Table)),
                truth.Agency == "许昌市司法局" ? Is.EqualTo(new[] { ("sum.parts", (decimal?)3585m, (decimal?)3385m) }) : Is.Empty);
            Assert.That(report.Narrative.Where(stated => stated.Measure == "requests.new").Select(stated => stated.Agrees), Is.EqualTo(new bool?[] { true }));
        }
    }
}
