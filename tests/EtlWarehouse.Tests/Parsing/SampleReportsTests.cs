using System.Text.Json;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.Tests.Parsing;

/// <summary>Every report of the sample sites, in the build of its site, against its expected reading.</summary>
public sealed class SampleReportsTests
{
    private static readonly string Fixtures = Path.Combine(ReferenceReports.Root, "tests", "fixtures", "samples");

    private static readonly ReportReader Reader = new(ReferenceReports.Reference.With(
    [
        new Division("990000", "示例省", "province", "示例省", null, null, 2000, null, []),
        new Division("990100", "示例市", "prefecture", "示例省", "示例市", null, 2000, null, []),
        new Division("990102", "石桥区", "county", "示例省", "示例市", "石桥区", 2000, null, []),
        new Division("990121", "青禾县", "county", "示例省", "示例市", "青禾县", 2000, null, []),
        new Division("990122", "云溪县", "county", "示例省", "示例市", "云溪县", 2000, null, []),
    ]));

    [TestCaseSource(nameof(Samples))]
    public void Read_SampleReport_GivesItsTruth(string fixture)
    {
        var path = Path.Combine(Fixtures, fixture);
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        var truth = ReferenceReports.ReadTruth(path);
        var document = Path.Combine(ReferenceReports.Root, "samples", json.RootElement.GetProperty("file").GetString()!);
        var failed = json.RootElement.GetProperty("failed_checks").EnumerateArray().Select(check => check.GetString()).ToList();

        var result = Reader.Read(new SourceDocument(File.ReadAllBytes(document), fixture));

        Assert.That(result.Refusal, Is.Null);
        var report = result.Report!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ReferenceReports.Differences(truth, report), Is.Empty);
            Assert.That(report.Checks.Where(check => check.Status == CheckStatus.Fail).Select(check => check.Id), Is.EquivalentTo(failed));
            Assert.That(report.Identity.Agency, Is.EqualTo(truth.Agency));
            Assert.That(report.Identity.DivisionCode, Is.EqualTo(truth.DivisionCode));
            Assert.That(report.Identity.AgencyKind, Is.EqualTo(truth.AgencyKind));
            Assert.That(report.Identity.Year, Is.EqualTo(truth.Year));
        }
    }

    [Test]
    public void Samples_AreMany() => Assert.That(Samples().Count(), Is.GreaterThanOrEqualTo(48));

    private static IEnumerable<string> Samples() => Directory.Exists(Fixtures)
        ? Directory.GetFiles(Fixtures, "*.json", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Fixtures, path)).Order(StringComparer.Ordinal)
        : [];
}
