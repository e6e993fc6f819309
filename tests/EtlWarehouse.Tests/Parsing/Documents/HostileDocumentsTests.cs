using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using EtlWarehouse.Fuzzing;
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

    // Those of which the reader must make an end before they are taken apart, or that would take the whole memory.
    [TestCaseSource(typeof(HostileDocuments), nameof(HostileDocuments.Names))]
    public void Read_HostileDocument_EndsSoonInLittleMemory(string name)
    {
        var bytes = HostileDocuments.Make(name);
        var before = PeakMemory.Start();
        Bounded(bytes);
        // The bench holds it to a quarter of this, in a process that does nothing else.
        Assert.That(PeakMemory.GrowthSince(before) - bytes.Length, Is.LessThan(256L << 20));
    }

    [TestCase("%PDF-1.7\n", "document.damaged")]
    [TestCase("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj trailer<</Root 1 0 R>>", "document.damaged")]
    public void Read_MalformedPdf_IsRefused(string pdf, string refusal) =>
        Assert.That(Refusal(Encoding.Latin1.GetBytes(pdf)), Is.EqualTo(refusal));

    [TestCase(new byte[] { 0xFF, 0xD8, 0xFF, 0xE0, 0 })]
    [TestCase(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A })]
    public void Read_DamagedPicture_IsRefused(byte[] picture) => Assert.That(Refusal(picture), Is.EqualTo("document.damaged"));

    // Each format gets the same share; a failure is repeated by its number. The bench runs many more. Where nothing but
    // the form's equations guards a digit, a changed one is another number to any reader.
    [Test]
    public void Read_DamagedDocument_ReadsOrRefusesAndPublishesNoOtherNumber()
    {
        const int Cases = 270;
        var fuzzer = new Fuzzer(ReferenceReports.Root);
        for (var number = 0; number < Cases; number++)
        {
            var damaged = fuzzer.Make(seed: 2024, number);
            var outcome = fuzzer.Read(damaged, measuresMemory: false);
            Assert.That(outcome.Ending, Is.Not.EqualTo("crash"), $"{number}: {damaged.Document.Name}, {damaged.Damage.Name}: {outcome.Detail}");
            Assert.That(outcome.Elapsed, Is.LessThan(Soon), $"{number}");
            if (!damaged.Damage.ChangesPrint && damaged.Document.Format is not ("html" or "txt" or "doc" or "xls"))
                Assert.That(outcome.WrongValues, Is.Zero, $"{number}: {damaged.Document.Name}, {damaged.Damage.Name}: {outcome.Detail}");
        }
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
