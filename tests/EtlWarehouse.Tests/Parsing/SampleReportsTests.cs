using System.Text.Json;
using EtlWarehouse.Parsing;

namespace EtlWarehouse.Tests.Parsing;

/// <summary>Every report of the sample sites, in the build of its site, against its expected reading.</summary>
public sealed class SampleReportsTests
{
    private static readonly string Fixtures = Path.Combine(ReferenceReports.Root, "tests", "fixtures", "samples");

    [TestCaseSource(nameof(Samples))]
    public void Read_SampleReport_GivesItsTruth(string fixture)
    {
        var path = Path.Combine(Fixtures, fixture);
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        var document = Path.Combine(ReferenceReports.Root, "samples", json.RootElement.GetProperty("file").GetString()!);

        var result = SampleReference.Reader.Read(new SourceDocument(File.ReadAllBytes(document), fixture));
        SampleReference.AssertTruth(path, result);
        Assert.That(
            result.Report!.Narrative.Where(stated => stated.Agrees == true).Select(stated => stated.Measure),
            Is.SupersetOf(new[] { "requests.new", "review.total" }));
    }

    [Test]
    public void Samples_AreMany() => Assert.That(Samples().Count(), Is.GreaterThanOrEqualTo(48));

    private static IEnumerable<string> Samples() => Directory.Exists(Fixtures)
        ? Directory.GetFiles(Fixtures, "*.json", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Fixtures, path)).Order(StringComparer.Ordinal)
        : [];
}
