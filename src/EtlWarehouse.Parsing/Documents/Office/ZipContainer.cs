using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace EtlWarehouse.Parsing.Documents.Office;

/// <summary>A ZIP container read in memory; nothing is ever written under a name of its own. Bounded against bombs.</summary>
internal sealed class ZipContainer : IDisposable
{
    private const int MostEntries = 5_000;

    /// <summary>All entries that are read may unpack to this, and to so many times the container's own size.</summary>
    private const long MostUnpacked = 8L << 20;

    private const int MostTimesPacked = 4;

    /// <summary>Deflate reaches 1000:1 on nothing but zeros; documents stay below 60:1.</summary>
    private const long HighestRatio = 200;

    private const long RatioCountsFrom = 1 << 20;

    private readonly ZipArchive archive;
    private readonly long mostUnpacked;
    private long unpacked;

    public ZipContainer(ReadOnlyMemory<byte> bytes)
    {
        var stream = MemoryMarshal.TryGetArray(bytes, out var segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);
        mostUnpacked = MostUnpacked + (MostTimesPacked * (long)bytes.Length);
        try
        {
            // Names without the UTF-8 mark come from Windows in Chinese.
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: false, Encoding.GetEncoding("GB18030"));
            if (archive.Entries.Count > MostEntries)
                throw new DocumentRefusedException("document.too_large", $"expected at most {MostEntries} entries, found {archive.Entries.Count}");
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or ArgumentException)
        {
            throw Damaged(exception);
        }
    }

    public IReadOnlyList<ZipArchiveEntry> Entries => archive.Entries;

    public ZipArchiveEntry? Find(string name) => archive.Entries.FirstOrDefault(entry => entry.FullName.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The unpacked bytes of an entry.</summary>
    /// <exception cref="DocumentRefusedException">It is damaged, encrypted, or larger than any document.</exception>
    public byte[] Read(ZipArchiveEntry entry)
    {
        CheckSize(entry);
        var bytes = new byte[entry.Length];
        var read = 0;
        Unpack(entry, piece =>
        {
            if (read + piece.Length > bytes.Length)
                throw new InvalidDataException($"'{entry.Name}' is longer than it says");
            piece.CopyTo(bytes.AsSpan(read));
            read += piece.Length;
        });
        return bytes;
    }

    /// <summary>Refuses a container that is damaged or would not fit into memory, before another library opens it.</summary>
    public void Check()
    {
        foreach (var entry in Entries)
        {
            CheckSize(entry);
            Unpack(entry, _ => { });
        }
    }

    private void Unpack(ZipArchiveEntry entry, SpanAction take)
    {
        try
        {
            using var stream = entry.Open();
            using var bounded = new BoundedStream(stream, mostUnpacked - unpacked, entry.Name);
            var buffer = new byte[1 << 16];
            var (checksum, length) = (0u, 0L);
            for (int read; (read = bounded.Read(buffer)) > 0; length += read)
            {
                checksum = Crc32.Append(checksum, buffer.AsSpan(0, read));
                take(buffer.AsSpan(0, read));
            }

            unpacked += length;
            if (checksum != entry.Crc32 || length != entry.Length)
                throw new InvalidDataException($"the checksum or length of '{entry.Name}' does not fit");
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or NotSupportedException)
        {
            throw Damaged(exception);
        }
    }

    private delegate void SpanAction(ReadOnlySpan<byte> piece);

    public void Dispose() => archive.Dispose();

    internal static DocumentRefusedException Damaged(Exception exception) =>
        new("document.damaged", $"expected a sound ZIP container, found: {exception.Message.ReplaceLineEndings(" ")}");

    private void CheckSize(ZipArchiveEntry entry)
    {
        if (entry.Length > mostUnpacked - unpacked || (entry.Length > RatioCountsFrom && entry.Length / Math.Max(1, entry.CompressedLength) > HighestRatio))
            throw new DocumentRefusedException("document.too_large", $"expected a document, found {entry.Length} bytes packed into {entry.CompressedLength} at '{entry.Name}'");
        if (entry.IsEncrypted)
            throw new DocumentRefusedException("document.encrypted", $"expected an entry without a password, found '{entry.Name}' encrypted");
    }
}
