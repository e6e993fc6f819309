using System.IO.Compression;
using System.Text;
using EtlWarehouse.Crawling.Archive;

namespace EtlWarehouse.Tests.Crawling.Archive;

public sealed class BodyArchiveTests : ArchiveFixture
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("政府信息公开年度报告", 500)));

    [Test]
    public void Add_Body_StandsCompressedUnderItsHash()
    {
        var hash = Archive.Bodies.Add(Body);
        var file = FileOf(hash);
        Assert.Multiple(() =>
        {
            Assert.That(hash, Is.EqualTo(BodyArchive.Hash(Body)));
            Assert.That(new FileInfo(file).Length, Is.LessThan(Body.Length / 10));
            Assert.That(Archive.Bodies.Contains(hash));
            Assert.That(Archive.Bodies.Read(hash), Is.EqualTo(Body));
            Assert.That(Parts(), Is.Empty);
        });
    }

    [Test]
    public void Add_SameBodyAgain_LeavesTheFileAlone()
    {
        var file = FileOf(Archive.Bodies.Add(Body));
        var before = DateTime.UnixEpoch.AddYears(50);
        File.SetLastWriteTimeUtc(file, before);
        Archive.Bodies.Add(Body);
        Assert.That(File.GetLastWriteTimeUtc(file), Is.EqualTo(before));
    }

    [Test]
    public void Add_ManyWritersOfOneBody_OneFileIsWhole()
    {
        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 16 }, _ => new DocumentArchive(Archive.Root).Bodies.Add(Body));
        Assert.Multiple(() =>
        {
            Assert.That(Directory.GetFiles(Archive.Root, "*.gz", SearchOption.AllDirectories), Has.Length.EqualTo(1));
            Assert.That(Archive.Bodies.Read(BodyArchive.Hash(Body)), Is.EqualTo(Body));
            Assert.That(Parts(), Is.Empty);
        });
    }

    [Test]
    public void Add_EmptyBody_IsKeptToo() => Assert.That(Archive.Bodies.Read(Archive.Bodies.Add(Array.Empty<byte>())), Is.Empty);

    [Test]
    public void Read_OtherBytesUnderTheName_NamesFileExpectedAndFound()
    {
        var hash = Archive.Bodies.Add(Body);
        using (var gzip = new GZipStream(File.Create(FileOf(hash)), CompressionLevel.Fastest))
            gzip.Write("something else"u8);
        var found = BodyArchive.Hash("something else"u8);
        Assert.That(() => Archive.Bodies.Read(hash), Throws.TypeOf<ArchiveException>()
            .With.Property("Fault").EqualTo(ArchiveFault.Corrupt)
            .And.Message.EqualTo($"{FileOf(hash)}: expected SHA-256 {hash}, found {found}"));
    }

    [Test]
    public void Read_EachFlippedByte_IsNeverTheBody()
    {
        var hash = Archive.Bodies.Add(Body);
        var stored = File.ReadAllBytes(FileOf(hash));
        for (var index = 0; index < stored.Length; index++)
        {
            var flipped = stored.ToArray();
            flipped[index] ^= 0x10;
            File.WriteAllBytes(FileOf(hash), flipped);
            try
            {
                // Bytes of the gzip header mean nothing to the body.
                Assert.That(Archive.Bodies.Read(hash), Is.EqualTo(Body), $"byte {index}");
            }
            catch (ArchiveException exception)
            {
                Assert.That(exception.Fault, Is.EqualTo(ArchiveFault.Corrupt), $"byte {index}");
            }
        }
    }

    [Test]
    public void Read_UnknownHash_IsMissing()
    {
        var hash = BodyArchive.Hash("never stored"u8);
        Assert.That(() => Archive.Bodies.Read(hash), Throws.TypeOf<ArchiveException>()
            .With.Property("Fault").EqualTo(ArchiveFault.Missing).And.Message.Contains(hash));
    }

    [TestCase("")]
    [TestCase("../../../etc/passwd")]
    [TestCase("ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789")]   // one spelling only
    public void Read_NoHash_IsRefused(string hash) => Assert.That(() => Archive.Bodies.Read(hash), Throws.ArgumentException);

    [Test]
    public void Sweep_HalfWrittenFiles_RemovesOnlyTheAbandoned()
    {
        Archive.Bodies.Add(Body);
        var aside = Path.Combine(Archive.Root, "tmp");
        var abandoned = Path.Combine(aside, "a.part");
        var busy = Path.Combine(aside, "b.part");
        File.WriteAllBytes(abandoned, [1]);
        File.WriteAllBytes(busy, [1]);
        File.SetLastWriteTimeUtc(abandoned, DateTime.UtcNow.AddHours(-2));
        Assert.Multiple(() =>
        {
            Assert.That(Archive.Sweep(TimeProvider.System), Is.EqualTo(1));
            Assert.That(File.Exists(abandoned), Is.False);
            Assert.That(File.Exists(busy), Is.True);
            Assert.That(Archive.Bodies.Contains(BodyArchive.Hash(Body)));
        });
    }

    private string FileOf(string hash) => Path.Combine(Archive.Root, "bodies", hash[..2], hash[2..4], hash + ".gz");

    private string[] Parts() => Directory.GetFiles(Path.Combine(Archive.Root, "tmp"));
}
