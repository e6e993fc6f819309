using EtlWarehouse.App.Pipelines;
using EtlWarehouse.Tests.Parsing;

namespace EtlWarehouse.Tests.App.Pipelines;

public sealed class PipelineCheckTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    private string _file = null!;

    [SetUp]
    public void MakeFile() => _file = Path.GetTempFileName();

    [TearDown]
    public void RemoveFile() => File.Delete(_file);

    [Test]
    public void Of_ShippedPipelines_AreSound() => Assert.That(
        Directory.GetFiles(Path.Combine(ReferenceReports.Root, "pipelines"), "*.yml")
            .SelectMany(file => PipelineCheck.Of(file, ReferenceReports.Reference, Today)).Select(problem => problem.English),
        Is.Empty);

    [Test]
    public void Of_ManyMistakes_ExplainsEachOnceByLineInBothLanguages()
    {
        var problems = Check("""
            name: County 1
            conact: x@example.org
            schedule: every night
            politeness: {delay: 5, per_host: 50, dealy: 3s}
            sites:
              - code: a
                divison: "410300"
                start: "https://a.test/"
              - code: a
                division: "410381"
                kind: justise
                agency: 鼓楼区司法局
                start: []
                expect: {years: [2024, 2021], reports: many}
              - code: c
                division: "419999"
                family: gkmlp
                start: ["www.a.test"]
            """);
        Assert.That(problems.Select(problem => $"{problem.Line} {problem.Key}: {problem.Found} {problem.Meant}".TrimEnd()), Is.EqualTo(new[]
        {
            "1 name: 'County 1'",
            "1 contact: nothing",
            "2 : 'conact' contact",
            "3 schedule: 'every night'",
            "4 : 'dealy' delay",
            "4 per_host: '50'",
            "4 delay: '5'",
            "6 sites: 'a' twice",
            "7 : 'divison' division",
            "8 start: 'https://a.test/'",
            "9 start: nothing",
            "10 division: '410381', which ended in 2021; after it: 410307",
            "11 kind: 'justise' justice",
            "12 agency: '鼓楼区司法局'",
            "14 years: '2024, 2021'",
            "14 reports: 'many'",
            "16 division: '419999'",
            "17 family: 'gkmlp' gkmlpt",
            "18 start: 'www.a.test'",
        }));
        Assert.That(problems.Select(problem => (problem.English, problem.Chinese, problem.Wanted.RemedyEnglish, problem.Wanted.RemedyChinese)), Has.All.Matches<(string English, string Chinese, string Mend, string MendChinese)>(
            words => words.English.Contains(" line ", StringComparison.Ordinal) && words.Chinese.Contains("应为", StringComparison.Ordinal)
                && words.Mend.Length > 0 && words.MendChinese.Any(character => character > 0x4E00)));
    }

    [TestCase("kind: justice", null)]
    [TestCase("kind: bank", "'bank'")]
    [TestCase("division: \"410307\"\n    agency: 偃师区司法局", null)]
    [TestCase("division: \"410300\"\n    agency: 洛阳市偃师区司法局", null)]          // the city's site hosts it
    [TestCase("division: \"320300\"\n    agency: 鼓楼区司法局", null)]                // four places have the name, one is near
    [TestCase("agency: 鼓楼区司法局", "'鼓楼区司法局'")]
    [TestCase("division: \"990101\"\n    agency: 高新区管理委员会", null)]           // declared below divisions
    public void Of_SiteAgainstRegisters_IsHeldToThem(string keys, string? found) => Assert.That(
        Check($$"""
            name: county
            contact: someone@example.org
            divisions: [{code: "990101", name: 高新区, level: county, province: 河南省, from: 2000}]
            sites:
              - code: a
                {{keys}}
                start: ["https://www.a.test/"]
            """).Select(problem => problem.Found), found is null ? Is.Empty : Is.EqualTo(new[] { found }));

    private IReadOnlyList<PipelineProblem> Check(string yaml)
    {
        File.WriteAllText(_file, yaml);
        return PipelineCheck.Of(_file, ReferenceReports.Reference, Today);
    }
}
