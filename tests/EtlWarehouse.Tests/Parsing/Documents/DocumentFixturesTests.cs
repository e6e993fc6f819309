using EtlWarehouse.Parsing;

namespace EtlWarehouse.Tests.Parsing.Documents;

/// <summary>Our documents in every format, against the expected reading of the sample page they were made from.</summary>
public sealed class DocumentFixturesTests
{
    public static readonly string Folder = Path.Combine(ReferenceReports.Root, "tests", "fixtures", "documents");

    private static readonly string[] Formats = ["pdf", "docx", "doc", "xlsx", "xls", "zip"];

    [TestCaseSource(nameof(Documents))]
    public void Read_Document_GivesTheTruthOfItsSample(string document)
    {
        var (site, rest) = (document[..document.IndexOf('-', StringComparison.Ordinal)], document[(document.IndexOf('-', StringComparison.Ordinal) + 1)..]);
        var truth = Path.Combine(ReferenceReports.Root, "tests", "fixtures", "samples", site, rest[..rest.IndexOf('.', StringComparison.Ordinal)] + ".json");

        var result = SampleReference.Reader.Read(new SourceDocument(File.ReadAllBytes(Path.Combine(Folder, document)), document));

        SampleReference.AssertTruth(truth, result);
    }

    [Test]
    public void Documents_OfEachFormat_AreAtLeastThree([ValueSource(nameof(Formats))] string format) =>
        Assert.That(Documents().Count(document => document.EndsWith("." + format, StringComparison.Ordinal)), Is.GreaterThanOrEqualTo(3));

    // The place of a cell: where a person, or the page that shows the evidence, finds it.
    [TestCase("qinghe-sfj-2024.strokes.pdf", "application/pdf", @"^page\[\d+\]/table\[\d+\]/r\d+c\d+@\d+,\d+,\d+,\d+$")]
    [TestCase("qinghe-zf-2021.borderless.pdf", "application/pdf", @"^page\[\d+\]/line\[\d+\]@\d+,\d+,\d+,\d+/v\d+$")]
    [TestCase("qinghe-jyj-2023.tagged.pdf", "application/pdf", @"^table\[\d+\]/r\d+c\d+$")]
    [TestCase("qinghe-sfj-2024.word.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", @"^table\[\d+\]/r\d+c\d+$")]
    [TestCase("qinghe-sfj-2024.word.doc", "application/msword", @"^table\[\d+\]/r\d+c\d+$")]
    [TestCase("qinghe-zf-2022.sheet.xls", "application/vnd.ms-excel", @"^sheet\[1\]/r\d+c\d+$")]
    [TestCase("qinghe-sfj-2024.folder.zip", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", @"^附件/青禾县司法局年报\.docx!table\[\d+\]/r\d+c\d+$")]
    public void Read_Document_SaysWhereEachCellStands(string document, string mediaType, string locator)
    {
        var result = SampleReference.Reader.Read(new SourceDocument(File.ReadAllBytes(Path.Combine(Folder, document)), document));

        Assert.That(result.Document.MediaType, Is.EqualTo(mediaType));
        Assert.That(result.Report!.Cells.Select(cell => cell.Locator), Has.All.Match(locator));
        Assert.That(result.Report.Cells.Select(cell => cell.Locator), Is.Unique);
    }

    // Its headings are bold, and the tree as it is read lacks what is bold.
    [Test]
    public void Read_TagsWithoutHeadings_HasThemFromThePages()
    {
        var report = SampleReference.Reader.Read(new SourceDocument(File.ReadAllBytes(Path.Combine(Folder, "qinghe-jyj-2023.tagged.pdf")), "report.pdf")).Report!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Sections.Select(section => section.Code), Is.EqualTo(new[] { "overview", "disclosure", "requests", "remedies", "problems", "other_matters" }));
            Assert.That(report.Narrative.Count(stated => stated.Agrees == true), Is.EqualTo(4));
        }
    }

    [TestCase("qinghe-jyj-2024.fills.pdf", "青禾县教育局2024年政府信息公开工作年度报告")] // its last character on a line of its own
    [TestCase("qinghe-jyj-2023.tagged.pdf", "青禾县教育局2023年政府信息公开工作年度报告")]
    public void Read_TitleThatWraps_IsWhole(string document, string title) =>
        Assert.That(SampleReference.Reader.Read(new SourceDocument(File.ReadAllBytes(Path.Combine(Folder, document)), document)).Report!.Identity.Title, Is.EqualTo(title));

    [Test]
    public void Read_Twice_GivesTheSameBytes([Values("qinghe-sfj-2024.strokes.pdf", "qinghe-sfj-2024.word.doc", "qinghe-sfj-2024.folder.zip")] string document)
    {
        var source = new SourceDocument(File.ReadAllBytes(Path.Combine(Folder, document)), document);
        var first = ReportJson.Write(SampleReference.Reader.Read(source));
        Assert.That(ReportJson.Write(SampleReference.Reader.Read(source)), Is.EqualTo(first));
    }

    public static IEnumerable<string> Documents() => Directory.Exists(Folder)
        ? Directory.GetFiles(Folder).Select(path => Path.GetFileName(path)).Where(name => Formats.Contains(name.Split('.')[^1])).Order(StringComparer.Ordinal)
        : [];
}
