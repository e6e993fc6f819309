using System.Text.Json;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.Tests.Parsing;

/// <summary>The places of our sample sites beside the real ones, and what the samples say.</summary>
internal static class SampleReference
{
    public static ReportReader Reader { get; } = new(ReferenceReports.Reference.With(
    [
        new Division("990000", "示例省", "province", "示例省", null, null, 2000, null, []),
        new Division("990100", "示例市", "prefecture", "示例省", "示例市", null, 2000, null, []),
        new Division("990102", "石桥区", "county", "示例省", "示例市", "石桥区", 2000, null, []),
        new Division("990121", "青禾县", "county", "示例省", "示例市", "青禾县", 2000, null, []),
        new Division("990122", "云溪县", "county", "示例省", "示例市", "云溪县", 2000, null, []),
    ]));

    /// <summary>Compares a reading with the expectation in <c>tests/fixtures/samples</c>: cells, failed checks, whose report it is.</summary>
    public static void AssertTruth(string truthFile, ReadResult result)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(truthFile));
        var truth = ReferenceReports.ReadTruth(truthFile);
        var failed = json.RootElement.GetProperty("failed_checks").EnumerateArray().Select(check => check.GetString()).ToList();

        Assert.That(result.Refusal, Is.Null);
        var report = result.Report!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ReferenceReports.Differences(truth, report), Is.Empty);
            Assert.That(report.Checks.Where(check => check.Status == CheckStatus.Fail).Select(check => check.Id), Is.EquivalentTo(failed));
            Assert.That(report.Narrative.Where(stated => stated.Agrees == false), Is.Empty);
            Assert.That(report.Identity.Agency, Is.EqualTo(truth.Agency));
            Assert.That(report.Identity.DivisionCode, Is.EqualTo(truth.DivisionCode));
            Assert.That(report.Identity.AgencyKind, Is.EqualTo(truth.AgencyKind));
            Assert.That(report.Identity.Year, Is.EqualTo(truth.Year));
        }
    }
}
