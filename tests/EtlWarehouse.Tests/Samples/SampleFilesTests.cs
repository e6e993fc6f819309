using EtlWarehouse.SampleSites;
using EtlWarehouse.SampleSites.Figures;
using EtlWarehouse.Tests.Parsing;

namespace EtlWarehouse.Tests.Samples;

public sealed class SampleFilesTests
{
    private static readonly IReadOnlyList<SampleReport> Reports =
        [.. SampleAgencies.All.SelectMany(agency => SampleReports.Of(agency, ReferenceReports.Reference.Forms.Single(form => form.Code == "2021")))];

    [Test]
    public void Generate_Again_GivesTheCommittedFiles()
    {
        var generated = SampleFiles.Generate(ReferenceReports.Root);
        var committed = new[] { SampleFiles.Sites, SampleFiles.Truth }
            .SelectMany(folder => Directory.GetFiles(Path.Combine(ReferenceReports.Root, folder), "*", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(ReferenceReports.Root, file))
            .Order(StringComparer.Ordinal)
            .ToList();
        Assert.That(committed, Is.EqualTo(generated.Keys), "run tests/EtlWarehouse.SampleSites with the root of the repository and review the difference");
        foreach (var (path, content) in generated)
            Assert.That(File.ReadAllBytes(Path.Combine(ReferenceReports.Root, path)), Is.EqualTo(content), path);
    }

    [Test]
    public void Of_Reports_BalanceExceptTheBrokenOne()
    {
        foreach (var report in Reports)
            Assert.That(report.FailedChecks().Count(), Is.EqualTo(report.Variant == SampleVariant.BrokenSum ? 2 : 0), $"{report.Title} {report.Variant}");
    }

    [Test]
    public void Of_FollowingYears_CarryOver()
    {
        var last = Reports.GroupBy(report => (report.Agency.Name, report.Year)).ToDictionary(year => year.Key, year => year.Last());
        foreach (var ((agency, year), report) in last)
        {
            if (!last.TryGetValue((agency, year + 1), out var next))
                continue;
            Assert.That(report.Sum("requests.carried_forward/total"), Is.EqualTo(next.Sum("requests.carried_over/total")), $"{agency} {year}");
            Assert.That(
                next.Sum("disclosure.normative_documents/in_force"),
                Is.EqualTo(report.Sum("disclosure.normative_documents/in_force") + next.Sum("disclosure.normative_documents/issued") - next.Sum("disclosure.normative_documents/repealed")),
                $"{agency} {year}");
        }
    }

    [Test]
    public void Of_Reports_AreMostlyNotZero()
    {
        foreach (var report in Reports)
        {
            var share = report.Cells.Values.Count(cell => cell.Value is > 0) / (double)report.Cells.Count;
            Assert.That(share, Is.GreaterThan(report.Agency.Kind == "people_government" ? 0.4 : 0.2), report.Title);
            Assert.That(report.Cells.Values.Select(cell => cell.Value ?? 0), Has.All.GreaterThanOrEqualTo(0), report.Title);
        }
    }
}
