using System.Buffers.Binary;

namespace EtlWarehouse.Parsing.Documents.Office;

/// <summary>The texts of a .xls, each stored once [MS-XLS] 2.4.265: lengths that add up, and as many uses as are counted.</summary>
internal sealed class SharedStrings
{
    private readonly uint total;
    private readonly bool[] used;
    private readonly List<ReadOnlyMemory<byte>> parts;
    private int part;
    private int at;

    public SharedStrings(ReadOnlyMemory<byte> record, IReadOnlyList<ReadOnlyMemory<byte>> continued)
    {
        parts = [record, .. continued];
        Expect(record.Length >= 8, "the texts", record.Length);
        total = BinaryPrimitives.ReadUInt32LittleEndian(record.Span);
        var count = BinaryPrimitives.ReadUInt32LittleEndian(record.Span[4..]);
        Expect(count <= parts.Sum(each => each.Length) / 3, "texts that fit", count);
        used = new bool[count];
        at = 8;
        for (var text = 0; text < count; text++)
            Text();
        Expect(at == parts[part].Length && parts.Skip(part + 1).All(rest => rest.Length == 0), $"the end after {count} texts", $"{parts.Skip(part).Sum(each => each.Length) - at} bytes more");
    }

    public void Use(uint text)
    {
        Expect(text < used.Length, $"one of {used.Length} texts", text);
        used[text] = true;
    }

    /// <param name="cells">Those that print a text.</param>
    public void CheckUse(int cells)
    {
        var difference = (int)Math.Min(Math.Abs(total - (long)cells), int.MaxValue);
        Expect(difference == 0 || WorkbookRecords.IsHabit(difference, cells), $"{total} uses of texts", cells);
        // A number of a text that changed points to another and leaves its own unused.
        var unused = used.Count(isUsed => !isUsed);
        Expect(unused == 0 || WorkbookRecords.IsHabit(unused, used.Length - unused), "each text used", $"{unused} without use");
    }

    private void Text()
    {
        // Lengths are never cut by the end of a record; letters are, and the next record states their width anew.
        if (at == parts[part].Length)
            NextPart();
        var (length, flags) = (UInt16(), Byte());
        Expect((flags & 0xF2) == 0, "a text's kind", flags);
        var (runs, extension) = ((flags & 8) != 0 ? UInt16() : 0, (flags & 4) != 0 ? UInt32() : 0);
        var wide = (flags & 1) != 0;
        for (var left = (int)length; left > 0;)
        {
            if (at == parts[part].Length)
            {
                NextPart();
                wide = Byte() == 1;
            }

            var letters = Math.Min(left, (parts[part].Length - at) / (wide ? 2 : 1));
            Expect(letters > 0, "whole letters", parts[part].Length - at);
            at += letters * (wide ? 2 : 1);
            left -= letters;
        }

        Skip((runs * 4L) + extension);
    }

    private void Skip(long bytes)
    {
        while (bytes > 0)
        {
            if (at == parts[part].Length)
                NextPart();
            var here = (int)Math.Min(bytes, parts[part].Length - at);
            at += here;
            bytes -= here;
        }
    }

    private void NextPart()
    {
        // Some writers put empty records between.
        do
        {
            Expect(part + 1 < parts.Count, "more texts", "the end");
            (part, at) = (part + 1, 0);
        }
        while (parts[part].Length == 0);
    }

    private byte Byte() => Take(1)[0];

    private ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    private uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    private ReadOnlySpan<byte> Take(int bytes)
    {
        Expect(at + bytes <= parts[part].Length, "a text's length", "the end of a record");
        at += bytes;
        return parts[part].Span.Slice(at - bytes, bytes);
    }

    private static void Expect(bool holds, string expected, object found)
    {
        if (!holds)
            throw WorkbookRecords.Damaged(expected, FormattableString.Invariant($"{found}"));
    }
}
