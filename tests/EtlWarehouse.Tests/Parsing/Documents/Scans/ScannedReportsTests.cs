using System.IO.Compression;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Checks.Clerk;

namespace EtlWarehouse.Tests.Parsing.Documents.Scans;

/// <summary>Scans of our own documents, against the expected reading of the sample page they were made from.</summary>
public sealed class ScannedReportsTests
{
    private static readonly string Folder = Path.Combine(ReferenceReports.Root, "tests", "fixtures", "scans");

    // Two pages at an angle; one long picture. Section two has no equations, so of the 200 cells 190 can be confirmed.
    [TestCase("qinghe-sfj-2024.askew.pdf", "qinghe/sfj-2024", "application/pdf")]
    [TestCase("qinghe-sfj-2024.long.png", "qinghe/sfj-2024", "image/png")]
    public void Read_Scan_PublishesConfirmedNumbersOnly(string scan, string truthName, string mediaType)
    {
        var truth = ReferenceReports.ReadTruth(Path.Combine(ReferenceReports.Root, "tests", "fixtures", "samples", truthName + ".json"));

        var result = Read(File.ReadAllBytes(Path.Combine(Folder, scan)));

        Assert.That(result.Refusal, Is.Null);
        var report = result.Report!;
        var reported = report.Cells.Where(cell => cell.State == CellState.Reported).ToList();
        TestContext.Out.WriteLine($"{scan}: {reported.Count} reported, {reported.Count(cell => cell.Value != 0)} of {truth.Cells.Count(cell => cell.Value.Value is not (null or 0))} not zero");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(reported.Where(cell => cell.Value != truth.Cells[cell.Code].Value), Is.Empty);
            Assert.That(reported.Count(cell => cell.Value != 0), Is.GreaterThan(45));
            Assert.That(reported, Has.Count.GreaterThan(160));
            Assert.That(report.Cells.Where(cell => cell.State is CellState.Blank or CellState.NotApplicable or CellState.Missing), Is.Empty);
            Assert.That(report.Cells.Select(cell => cell.Repair), Has.All.StartsWith("ocr"));
            Assert.That(report.Cells.Where(cell => cell.Code.StartsWith("disclosure.", StringComparison.Ordinal)).Select(cell => cell.State), Has.All.EqualTo(CellState.Unreadable));
            Assert.That(report.Identity.Year, Is.EqualTo(truth.Year));
            Assert.That(result.Document.MediaType, Is.EqualTo(mediaType));
            Assert.That(result.Findings.Select(finding => finding.Code), Does.Contain("document.scan").And.Contain("value.unconfirmed"));
        }

        var clerk = ClerkReport.Of(ReferenceReports.Reference, result);
        Assert.That(clerk.Findings.Single(finding => finding.Code == "document.scan").Problem, Does.Contain("扫描"));
        Assert.That(clerk.Findings.First(finding => finding.Code == "value.unconfirmed").Problem, Does.Contain("识别为"));
    }

    [Test]
    public void Read_ZippedPicture_ReadsAsThePicture()
    {
        var picture = File.ReadAllBytes(Path.Combine(Folder, "qinghe-sfj-2024.long.png"));
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry("年报/1.png").Open();
            entry.Write(picture);
        }

        var (zipped, plain) = (Read(stream.ToArray()).Report!, Read(picture).Report!);

        Assert.That(zipped.Cells, Is.EqualTo(plain.Cells));
    }

    // A white page as PGM would be no format of ours; as PNG it is a scan of nothing.
    [Test]
    public void Read_PictureWithoutTitleAndTable_IsRefused()
    {
        // 64 by 64 points, all white: header, picture, end.
        byte[] white =
        [
            .. Convert.FromHexString("89504e470d0a1a0a0000000d49484452000000400000004008000000008f022e02"),
            .. Convert.FromHexString("000000294944415478daedcc411100000c0220fb97d610fbed2000e951040281402010080402814020107c0f06a70bf0e2aaf00c32"),
            .. Convert.FromHexString("0000000049454e44ae426082"),
        ];
        Assert.That(Read(white).Refusal?.Code, Is.EqualTo("document.scan"));
    }

    private static ReadResult Read(byte[] bytes) => SampleReference.Reader.Read(new SourceDocument(bytes, "scan"));
}
