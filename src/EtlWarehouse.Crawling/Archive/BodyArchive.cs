using System.IO.Compression;
using System.Security.Cryptography;

namespace EtlWarehouse.Crawling.Archive;

/// <summary>Every body once, gzip-compressed, under its SHA-256: <c>bodies/ab/cd/abcd….gz</c>.</summary>
public sealed class BodyArchive
{
    private static readonly byte[] Head = [0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0, 0];

    private readonly DurableFolder _folder;

    internal BodyArchive(DurableFolder folder) => _folder = folder;

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public static string Hash(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));

    /// <summary>Stores a body unless it is there; parallel writers of the same body are safe.</summary>
    /// <returns>Its hash.</returns>
    /// <exception cref="ArchiveException">The disk is full, or the folder may not be written.</exception>
    public string Add(ReadOnlyMemory<byte> body)
    {
        var hash = Hash(body.Span);
        _folder.TryAdd(Place(hash), stream =>
        {
            using var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
            gzip.Write(body.Span);
        });
        return hash;
    }

    public bool Contains(string hash) => File.Exists(_folder.Find(Place(hash)));

    /// <summary>Reads a body and makes sure that it is the one asked for.</summary>
    /// <exception cref="ArchiveException">It is missing, unreadable or does not have this hash.</exception>
    public byte[] Read(string hash)
    {
        var place = Place(hash);
        var body = Decompress(_folder.Find(place), _folder.Read(place));
        var found = Hash(body);
        return found == hash
            ? body
            : throw new ArchiveException(ArchiveFault.Corrupt, $"{_folder.Find(place)}: expected SHA-256 {hash}, found {found}");
    }

    /// <summary>Makes sure of every byte of a body's file, also of those that decompressing does not look at.</summary>
    /// <exception cref="ArchiveException">It is missing, unreadable, or not byte for byte what was written.</exception>
    internal void Verify(string hash)
    {
        var body = Read(hash);
        var path = _folder.Find(Place(hash));
        var stored = _folder.Read(Place(hash));
        // A head without name and time, as .NET writes it: nothing in it may differ. The last field is the system, 0A before zlib-ng.
        if (!stored.AsSpan().StartsWith(Head) || stored[9] is not (0x03 or 0x0A))
            throw new ArchiveException(ArchiveFault.Corrupt, $"{path}: expected the gzip head {Convert.ToHexString(Head)}, found {Convert.ToHexString(stored.AsSpan(0, Math.Min(10, stored.Length)))}");
        // Bytes behind the end are read by nobody, and were not written by us.
        if (stored.Length < 18 || System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(stored.AsSpan(stored.Length - 4)) != unchecked((uint)body.Length))
            throw new ArchiveException(ArchiveFault.Corrupt, $"{path}: expected a gzip file that ends with the length {body.Length}, found more");
    }

    private static byte[] Decompress(string path, byte[] stored)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(stored), CompressionMode.Decompress);
            using var body = new MemoryStream();
            gzip.CopyTo(body);
            return body.ToArray();
        }
        catch (InvalidDataException exception)
        {
            throw new ArchiveException(ArchiveFault.Corrupt, $"{path}: expected a gzip file, found: {exception.Message}", exception);
        }
    }

    private static string Place(string hash)
    {
        if (hash.Length != 64 || !hash.All(char.IsAsciiHexDigitLower))
            throw new ArgumentException($"expected 64 lower-case hexadecimal digits, found '{hash}'", nameof(hash));
        return Path.Combine("bodies", hash[..2], hash[2..4], hash + ".gz");
    }
}
