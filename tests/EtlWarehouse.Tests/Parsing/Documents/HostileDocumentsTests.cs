using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using EtlWarehouse.Parsing;

namespace EtlWarehouse.Tests.Parsing.Documents;

/// <summary>Whatever the bytes are: a reading or a refusal, soon, never another exception.</summary>
public sealed class HostileDocumentsTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(40);

    [Test]
    public void Read_ZipOfZeros_IsTooLarge()
    {
        var bomb = Zip(("report.html", new byte[300 << 20]));
        Assert.That(Refusal(bomb), Is.EqualTo("document.too_large"));
    }

    [TestCase("word/document.xml")]
    [TestCase("xl/workbook.xml")]
    public void Read_OfficePartOfZeros_IsTooLarge(string part) =>
        Assert.That(Refusal(Zip((part, new byte[300 << 20]))), Is.EqualTo("document.too_large"));

    [Test]
    public void Read_ZipOfManyEntries_IsTooLarge() =>
        Assert.That(Refusal(Zip([.. Enumerable.Range(0, 6000).Select(index => ($"{index}.txt", new byte[1]))])), Is.EqualTo("document.too_large"));

    [Test]
    public void Read_ZipWithinZip_IsRefused() =>
        Assert.That(Refusal(Zip(("inner.zip", Zip(("report.txt", "text"u8.ToArray()))))), Is.EqualTo("document.format"));

    [Test]
    public void Read_ZipThatLeavesItsFolder_WritesNothing()
    {
        var name = $"../../../../tmp/etl-{Environment.ProcessId}.txt";
        Refusal(Zip((name, "text"u8.ToArray())));
        Assert.That(File.Exists(Path.GetFullPath("/" + name)), Is.False);
    }

    [Test]
    public void Read_WordWithEntities_IsDamaged()
    {
        const string Laughs = "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><d>&b;</d>";
        Assert.That(Refusal(Zip(("word/document.xml", Encoding.UTF8.GetBytes(Laughs)))), Is.EqualTo("document.damaged"));
    }

    [Test]
    public void Read_WordNestedWithoutEnd_IsTooDeep()
    {
        var xml = string.Concat(Enumerable.Repeat("<w:tbl><w:tr><w:tc>", 100_000));
        Assert.That(Refusal(Zip(("word/document.xml", Encoding.UTF8.GetBytes($"<w:document xmlns:w=\"w\"><w:body>{xml}")))), Is.EqualTo("document.too_deep"));
    }

    [Test]
    public void Read_FlippedBitInAnArchive_IsDamaged()
    {
        // Stored, so that the bit is a digit of the report.
        var bytes = Zip(CompressionLevel.NoCompression, ("report.txt", "青禾县司法局2023年政府信息公开工作年度报告 7"u8.ToArray()));
        bytes[bytes.AsSpan().IndexOf("2023"u8)] ^= 1;
        Assert.That(Refusal(bytes), Is.EqualTo("document.damaged"));
    }

    [TestCase("<table><tr><td colspan=1000000 rowspan=1000000>规章</td><td>1</td></tr></table>", 200)]
    [TestCase("<table><tr><td colspan=999999999>", 20_000)]
    [TestCase("<div>", 200_000)]
    [TestCase("<table><tr><td>", 20_000)]
    [TestCase("<tr><td>一、总体情况<td>1<td>2", 30_000)]
    public void Read_HostilePage_EndsSoon(string piece, int times) =>
        Bounded(Encoding.UTF8.GetBytes("<html><body>" + string.Concat(Enumerable.Repeat(piece, times))));

    [Test]
    public void Read_HugeAttribute_EndsSoon() => Bounded(Encoding.UTF8.GetBytes($"<html><p title=\"{new string('x', 8 << 20)}\">1"));

    [TestCase("%PDF-1.7\n", "document.damaged")]
    [TestCase("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj trailer<</Root 1 0 R>>", "document.damaged")]
    public void Read_MalformedPdf_IsRefused(string pdf, string refusal) =>
        Assert.That(Refusal(Encoding.Latin1.GetBytes(pdf)), Is.EqualTo(refusal));

    [TestCase(new byte[] { 0xFF, 0xD8, 0xFF, 0xE0, 0 })]
    [TestCase(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A })]
    public void Read_Picture_IsAScan(byte[] picture) => Assert.That(Refusal(picture), Is.EqualTo("document.scan"));

    // Seeded, so that a failure comes again. The formats that need other programs get fewer mutants.
    [TestCaseSource(typeof(DocumentFixturesTests), nameof(DocumentFixturesTests.Documents))]
    public void Read_MutatedDocument_ReadsOrRefuses(string document)
    {
        var original = File.ReadAllBytes(Path.Combine(DocumentFixturesTests.Folder, document));
        var random = new Random(document.Sum(character => character));
        var mutants = document.EndsWith("pdf", StringComparison.Ordinal) || document.EndsWith("doc", StringComparison.Ordinal) ? 3 : 12;
        for (var mutant = 0; mutant < mutants; mutant++)
            Bounded(Mutate(original, random));
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        if (random.Next(4) == 0)
            return original[..random.Next(1, original.Length)];
        var bytes = original.ToArray();
        for (var times = random.Next(1, 40); times > 0; times--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    private static string? Refusal(byte[] bytes) => Bounded(bytes).Refusal?.Code;

    private static ReadResult Bounded(byte[] bytes)
    {
        var watch = Stopwatch.StartNew();
        var result = ReferenceReports.Reader.Read(new SourceDocument(bytes, "document"));
        Assert.That(watch.Elapsed, Is.LessThan(Soon));
        return result;
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] entries) => Zip(CompressionLevel.Optimal, entries);

    private static byte[] Zip(CompressionLevel level, params (string Name, byte[] Content)[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = archive.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }
}
