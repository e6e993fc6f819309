using System.Buffers.Binary;
using EtlWarehouse.Parsing;

namespace EtlWarehouse.Tests.Parsing.Documents.Office;

/// <summary>A .xls has no checksum: what it says twice must agree, or a damaged one reads with numbers in other cells.</summary>
public sealed class OldWorkbookDamageTests
{
    private const int LabelSst = 0xFD;
    private const int Rk = 0x27E;
    private const int Row = 0x208;
    private const int Sst = 0xFC;
    private const int Xf = 0xE0;

    private static readonly byte[] Sound = File.ReadAllBytes(Path.Combine(DocumentFixturesTests.Folder, "shiqiao-zf-2024.sheet.xls"));

    [TestCase(Rk, 4, "order")]              // row of a number
    [TestCase(Rk, 6, "order")]              // its column
    [TestCase(LabelSst, 4, "sheet's extent")] // row of a text
    [TestCase(LabelSst, 0, "uses of texts")] // a text no longer a cell
    [TestCase(Rk, 9, "formats")]            // its format, far off
    [TestCase(LabelSst, 11, "texts")]       // the text it prints, far off
    [TestCase(Sst, 8, "texts")]             // how many texts there are
    [TestCase(Row, 6, "extent of their row")]
    [TestCase(Rk, 2, "of 10 bytes")]        // length of a record
    [TestCase(Xf, 0, "formats")]            // one format fewer
    public void Read_ByteOfStructureChanged_NamesWhatDisagrees(int type, int at, string expected)
    {
        // The last record of its kind: most things point at the first.
        var bytes = Sound.ToArray();
        bytes[Find(bytes, type) + at] ^= 0x10;

        var refusal = ReferenceReports.Reader.Read(new SourceDocument(bytes, "sheet.xls")).Refusal;

        Assert.That(refusal?.Code, Is.EqualTo("document.damaged"));
        Assert.That(refusal!.Message, Does.Contain(expected));
    }

    // The header says at byte 76 which sector holds the numbers of the sectors that follow each [MS-CFB].
    [Test]
    public void Read_ChainOfSectorsLoops_IsRefusedAtOnce()
    {
        var bytes = Sound.ToArray();
        var table = 512 * (1 + BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(76)));
        for (var sector = 4; sector < 40; sector++)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(table + (4 * sector)), sector - 1);

        Assert.That(ReferenceReports.Reader.Read(new SourceDocument(bytes, "sheet.xls")).Refusal?.Code, Is.EqualTo("document.damaged"));
    }

    [Test]
    public void Read_FileCutOff_IsRefused([Range(600, 23000, 1600)] int length) =>
        Assert.That(ReferenceReports.Reader.Read(new SourceDocument(Sound.AsMemory(0, length), "sheet.xls")).Refusal?.Code, Is.EqualTo("document.damaged"));

    /// <summary>Where the last record of a type begins; records stand one behind the other from the workbook's first sector on.</summary>
    private static int Find(byte[] bytes, int type)
    {
        var (at, found) = (bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x09, 0x08, 0x10, 0x00]), -1);
        while (at + 4 < bytes.Length && BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at)) is var each and not 0)
        {
            if (each == type)
                found = at;
            at += 4 + BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at + 2));
        }

        return found >= 0 ? found : throw new InvalidOperationException($"expected a record {type:x} in the fixture, found none");
    }
}
