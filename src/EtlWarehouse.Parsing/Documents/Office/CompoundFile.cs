using System.Buffers.Binary;
using System.Text;

namespace EtlWarehouse.Parsing.Documents.Office;

/// <summary>
/// The OLE container of a .doc or .xls [MS-CFB], opened only if it is whole: every chain of sectors has its length, none
/// loops, no sector belongs to two, so that no other program follows a broken one without end.
/// </summary>
/// <remarks>The format has no checksum: what agrees with itself may still be damaged.</remarks>
internal sealed class CompoundFile
{
    private const uint LastRegularSector = 0xFFFFFFFA;
    private const uint FatSector = 0xFFFFFFFD;
    private const uint EndOfChain = 0xFFFFFFFE;
    private const int EntrySize = 128;
    private const int MiniSectorSize = 64;
    private const int HeaderFatSectors = 109;
    private const int MostEntries = 10_000;

    private readonly ReadOnlyMemory<byte> content;
    private readonly int sectorSize;
    private readonly int sectors;
    private readonly uint[] fat;
    private readonly bool[] taken;
    private readonly List<(string Name, uint Start, long Size)> streams = [];
    private readonly uint miniCutoff;
    private readonly byte[] miniStream = [];
    private readonly uint[] miniFat = [];
    private readonly bool[] miniTaken = [];
    private readonly List<(string Name, byte[] Bytes)> contents;

    /// <exception cref="DocumentRefusedException">It is damaged.</exception>
    public CompoundFile(ReadOnlyMemory<byte> content)
    {
        this.content = content;
        var header = content.Span;
        Expect(header.Length >= 512, "a header of 512 bytes", header.Length);
        var (version, shift) = (UInt16(header, 26), UInt16(header, 30));
        Expect(UInt16(header, 28) == 0xFFFE && (version, shift) is (3, 9) or (4, 12) && UInt16(header, 32) == 6, "a sector size of 512 or 4096 bytes", $"version {version}, 2^{shift}");
        sectorSize = 1 << shift;
        // The last sector need not be whole.
        sectors = (content.Length - 1) / sectorSize;
        taken = new bool[sectors];
        fat = ReadFat(header);
        miniCutoff = UInt32(header, 56);
        Expect(miniCutoff == 4096, "small streams below 4096 bytes", miniCutoff);
        var root = ReadEntries(Chain(UInt32(header, 48), "the directory"));
        if (UInt32(header, 64) > 0)
        {
            miniFat = Integers(Gather(Chain(UInt32(header, 60), "the table of small sectors")));
            miniStream = Stream(root.Start, root.Size, "the small streams");
        }

        // Reading each stream proves that its chain is whole and its own.
        miniTaken = new bool[miniFat.Length];
        contents = [.. streams.Select(stream => (stream.Name, stream.Size < miniCutoff ? SmallStream(stream) : Stream(stream.Start, stream.Size, stream.Name)))];
    }

    /// <summary>The bytes of the first stream of that name, in whatever folder; null where there is none.</summary>
    public byte[]? Find(string name) => contents.Find(stream => stream.Name == name).Bytes;

    private uint[] ReadFat(ReadOnlySpan<byte> header)
    {
        var count = UInt32(header, 44);
        Expect(count > 0 && count <= sectors, $"at most {sectors} sectors of sector numbers", count);
        var places = new List<uint>();
        for (var index = 0; index < Math.Min(count, HeaderFatSectors); index++)
            places.Add(UInt32(header, 76 + (4 * index)));
        var next = UInt32(header, 68);
        while (places.Count < count)
        {
            var more = Sector(next, "the list of sectors of sector numbers");
            Expect(more.Length == sectorSize, "a whole list of sectors of sector numbers", more.Length);
            for (var index = 0; index < (sectorSize / 4) - 1 && places.Count < count; index++)
                places.Add(UInt32(more.Span, 4 * index));
            next = UInt32(more.Span, sectorSize - 4);
        }

        var table = Integers(Gather(places.Select(place => Sector(place, "the sector numbers"))));
        Expect(table.Length >= sectors, $"numbers of {sectors} sectors", table.Length);
        foreach (var place in places)
            Expect(table[place] is FatSector or EndOfChain, "a sector of sector numbers marked as such", table[place]);
        return table;
    }

    private (uint Start, long Size) ReadEntries(IEnumerable<ReadOnlyMemory<byte>> directory)
    {
        (uint, long)? root = null;
        var bytes = Gather(directory);
        Expect(bytes.Length % EntrySize == 0, "whole entries", bytes.Length);
        Expect(bytes.Length / EntrySize <= MostEntries, $"at most {MostEntries} entries", bytes.Length / EntrySize);
        for (var at = 0; at < bytes.Length; at += EntrySize)
        {
            var entry = bytes.AsSpan(at, EntrySize);
            var (type, length) = (entry[66], UInt16(entry, 64));
            Expect(type is 0 or 1 or 2 or 5, "a folder or a stream", type);
            if (type is 0 or 1)
                continue;
            Expect(length is >= 2 and <= 64 && length % 2 == 0, "a name of at most 31 letters", length);
            var (start, size) = (UInt32(entry, 116), UInt32(entry, 120));
            Expect(size <= content.Length, $"a stream within {content.Length} bytes", size);
            if (type == 2)
                streams.Add((Encoding.Unicode.GetString(entry[..(length - 2)]), start, size));
            else
                root ??= (start, size);
        }

        return root ?? throw Damaged("a root folder", "none");
    }

    private byte[] Stream(uint start, long size, string name)
    {
        if (size == 0)
            return [];
        var bytes = Gather(Chain(start, name));
        Expect(bytes.Length >= size || (bytes.Length + sectorSize > size && bytes.Length % sectorSize != 0), $"{size} bytes of '{name}'", bytes.Length);
        return bytes.AsSpan(0, (int)Math.Min(size, bytes.Length)).ToArray();
    }

    private byte[] SmallStream((string Name, uint Start, long Size) stream)
    {
        var bytes = new byte[stream.Size];
        var sector = stream.Start;
        for (var at = 0; at < bytes.Length; at += MiniSectorSize)
        {
            Expect(sector < miniFat.Length && !miniTaken[sector] && (sector + 1) * MiniSectorSize <= miniStream.Length, $"{stream.Size} bytes of '{stream.Name}'", at);
            miniTaken[sector] = true;
            miniStream.AsSpan((int)sector * MiniSectorSize, Math.Min(MiniSectorSize, bytes.Length - at)).CopyTo(bytes.AsSpan(at));
            sector = miniFat[sector];
        }

        Expect(bytes.Length == 0 || sector == EndOfChain, $"the end of '{stream.Name}' after {stream.Size} bytes", sector);
        return bytes;
    }

    private IEnumerable<ReadOnlyMemory<byte>> Chain(uint sector, string name)
    {
        for (; sector != EndOfChain; sector = fat[sector])
            yield return Sector(sector, name);
    }

    private ReadOnlyMemory<byte> Sector(uint sector, string name)
    {
        Expect(sector <= LastRegularSector && sector < sectors, $"the sectors of {name}", sector);
        Expect(!taken[sector], $"sectors of {name} that are nothing else's", sector);
        taken[sector] = true;
        var start = ((int)sector + 1) * sectorSize;
        return content.Slice(start, Math.Min(sectorSize, content.Length - start));
    }

    private static byte[] Gather(IEnumerable<ReadOnlyMemory<byte>> parts)
    {
        using var whole = new MemoryStream();
        foreach (var part in parts)
            whole.Write(part.Span);
        return whole.ToArray();
    }

    private static uint[] Integers(byte[] bytes) => [.. Enumerable.Range(0, bytes.Length / 4).Select(index => UInt32(bytes, 4 * index))];

    private static ushort UInt16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint UInt32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static void Expect(bool holds, string expected, object found)
    {
        if (!holds)
            throw Damaged(expected, found);
    }

    private static DocumentRefusedException Damaged(string expected, object found) =>
        new("document.damaged", FormattableString.Invariant($"expected an OLE container with {expected}, found {found}"));
}
