using EtlWarehouse.Loading;
using EtlWarehouse.Loading.Staging;
using EtlWarehouse.Parsing;

namespace EtlWarehouse.Tests.Loading.Staging;

public sealed class ReadingHashesTests
{
    private static readonly ParsedReport Report = new(
        new ReportIdentity("标题", "西工区司法局", "司法局", "410303", "justice", 2024, "2021", new DateOnly(2025, 1, 20)),
        [new CellReading("a/total", 1.5m, CellState.Reported, "1.5", "table[1]/r1c1"), new CellReading("b/total", null, CellState.Blank)],
        [new CheckResult("c", CheckStatus.Pass, 1, 1)],
        [new NarrativeReading("m", 1, "一件", "p[1]", null)],
        [new ReportSection("overview", "总体情况", "正文", "p[1]")]);

    // What changes, and from which of the hashes on (0 content, 1 facts, 2 reading) it shows.
    private static readonly TestCaseData[] Changes =
    [
        Change("value", 0, report => report with { Cells = [report.Cells[0] with { Value = 2 }, report.Cells[1]] }),
        Change("state", 0, report => report with { Cells = [report.Cells[0], report.Cells[1] with { State = CellState.Missing }] }),
        Change("zero for blank", 0, report => report with { Cells = [report.Cells[0], new CellReading("b/total", 0, CellState.Reported)] }),
        Change("year", 0, report => report with { Identity = report.Identity with { Year = 2023 } }),
        Change("agency", 0, report => report with { Identity = report.Identity with { AgencyBody = "教育局" } }),
        Change("kind", 0, report => report with { Identity = report.Identity with { AgencyKind = null } }),
        Change("check", 1, report => report with { Checks = [report.Checks[0] with { Status = CheckStatus.Fail }] }),
        Change("number in the prose", 1, report => report with { Narrative = [report.Narrative[0] with { Table = 2 }] }),
        Change("words in the prose", 2, report => report with { Narrative = [report.Narrative[0] with { Text = "1件" }] }),
        Change("title", 2, report => report with { Identity = report.Identity with { Title = "其他" } }),
        Change("published", 2, report => report with { Identity = report.Identity with { Published = null } }),
        Change("locator", 2, report => report with { Cells = [report.Cells[0] with { Locator = "line[1]/v1" }, report.Cells[1]] }),
        Change("stated number's reason", 1, report => report with { Narrative = [report.Narrative[0] with { Reason = "approximate" }] }),
        Change("prose", 2, report => report with { Sections = [report.Sections[0] with { Text = "改过的正文" }] }),
        Change("same number in other digits", 3, report => report with { Cells = [report.Cells[0] with { Value = 1.50m }, report.Cells[1]] }),
    ];

    [TestCaseSource(nameof(Changes))]
    public void Of_ChangedReport_DiffersFromTheHashThatCoversIt(Func<ParsedReport, ParsedReport> change, int from)
    {
        var (before, after) = (Hashes(Report), Hashes(change(Report)));
        Assert.That(
            before.Zip(after, (one, other) => one == other), Is.EqualTo(Enumerable.Range(0, 3).Select(hash => hash < from)));
    }

    [Test]
    public void Of_OtherBytesAndFormat_SharesContentAndFacts()
    {
        var page = ReadingHashes.Of(new ReadResult(new DocumentIdentity("a", "text/html", "gb18030"), Report, null, []));
        var file = ReadingHashes.Of(new ReadResult(new DocumentIdentity("b", "application/pdf", null), Report, null, []));
        Assert.That((file.Content, file.Facts), Is.EqualTo((page.Content, page.Facts)));
        Assert.That(file.Reading, Is.Not.EqualTo(page.Reading));
    }

    [Test]
    public void Of_TextsSplitElsewhere_Differ() =>
        Assert.That(Hashes(Split("ab", "c"))[2], Is.Not.EqualTo(Hashes(Split("a", "bc"))[2]));

    [TestCase("0000000000000001", 1)]
    [TestCase("ffffffffffffffff", long.MaxValue)]   // the sign's bit is dropped
    [TestCase("8000000000000005", 5)]
    public void OfSha256_LeadingDigits_GiveAPositiveKey(string leading, long expected) =>
        Assert.That(NaturalKey.OfSha256(leading.PadRight(64, 'e')), Is.EqualTo(expected));

    [TestCase("")]
    [TestCase("0123")]
    [TestCase("zzzzzzzzzzzzzzzz0000000000000000000000000000000000000000000000000")]
    public void OfSha256_NoHash_IsRefused(string text) =>
        Assert.That(() => NaturalKey.OfSha256(text), Throws.TypeOf<FormatException>().With.Message.Contains($"'{text}'"));

    private static ParsedReport Split(string title, string text) => Report with { Sections = [new ReportSection("overview", title, text, "p[1]")] };

    private static string?[] Hashes(ParsedReport report)
    {
        var hashes = ReadingHashes.Of(new ReadResult(new DocumentIdentity("a", "text/html", "utf-8"), report, null, []));
        return [hashes.Content, hashes.Facts, hashes.Reading];
    }

    private static TestCaseData Change(string what, int from, Func<ParsedReport, ParsedReport> change) =>
        new(change, from) { TestName = $"Of_OtherwiseTheSame_Shows({what})" };
}
