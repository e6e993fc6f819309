using System.Buffers.Binary;

namespace EtlWarehouse.Parsing.Documents.Office;

/// <summary>
/// Holds a .xls against itself before its cells are read [MS-XLS]: what it says twice must agree. The format has no
/// checksum, and a damaged one reads as a workbook with other numbers or numbers in other places.
/// </summary>
/// <remarks>What stays unseen is a number whose own four or eight bytes changed, and letters within a text.</remarks>
internal sealed class WorkbookRecords
{
    private const int LongestRecord = 8224;

    private readonly byte[] stream;
    private readonly List<int> sheets = [];
    private readonly HashSet<int> starts = [];
    private readonly List<IReadOnlySet<(int Row, int Column)>> stated = [];
    private int formats;
    private SharedStrings? texts;
    private int textCells;
    private int position;

    private WorkbookRecords(byte[] stream) => this.stream = stream;

    /// <param name="stream">The bytes of the stream <c>Workbook</c>.</param>
    /// <exception cref="DocumentRefusedException">It contradicts itself.</exception>
    /// <returns>For each sheet the cells that it states, by row and column from 0.</returns>
    public static IReadOnlyList<IReadOnlySet<(int Row, int Column)>> Check(byte[] stream)
    {
        var records = new WorkbookRecords(stream);
        var globals = records.Next();
        records.Expect(globals.Type == RecordType.Bof && globals.Body.Length >= 4 && globals.UInt16(0) == 0x600 && globals.UInt16(2) == 5, "the beginning of a workbook", $"record {globals.Type:x}");
        if (records.Globals())
            records.texts?.CheckUse(records.textCells);
        return records.stated;
    }

    /// <returns>False for an encrypted workbook, which says nothing here.</returns>
    private bool Globals()
    {
        for (var record = Next(); record.Type != RecordType.Eof; record = Next())
        {
            switch (record.Type)
            {
                case RecordType.FilePass:
                    return false;
                case RecordType.BoundSheet:
                    Expect(record.Body.Length >= 8, "a sheet's name", $"{record.Body.Length} bytes");
                    sheets.Add((int)Math.Min(record.UInt32(0), int.MaxValue));
                    break;
                case RecordType.Xf:
                    formats++;
                    break;
                case RecordType.Sst:
                    texts = new SharedStrings(record.Body, Continued());
                    break;
            }
        }

        foreach (var sheet in sheets)
        {
            position = sheet;
            Expect(starts.Add(sheet) && Next().Type == RecordType.Bof, "a sheet where the list of sheets says", "none");
            Sheet();
        }

        return true;
    }

    private List<ReadOnlyMemory<byte>> Continued()
    {
        var more = new List<ReadOnlyMemory<byte>>();
        while (position + 4 <= stream.Length && BinaryPrimitives.ReadUInt16LittleEndian(stream.AsSpan(position)) == RecordType.Continue)
            more.Add(Next().Body);
        return more;
    }

    private void Sheet()
    {
        var cells = new SheetCells(formats);
        for (var (record, depth) = (Next(), 1); ; record = Next())
        {
            // Charts stand within the sheet.
            if (record.Type == RecordType.Bof)
                depth++;
            else if (record.Type == RecordType.Eof && --depth == 0)
                break;
            if (depth > 1)
                continue;
            cells.Add(record);
            if (record.Type == RecordType.LabelSst)
            {
                textCells++;
                Expect(texts is not null, "texts", "none");
                texts!.Use(record.UInt32(6));
            }
        }

        cells.CheckHabits();
        stated.Add(cells.Stated);
    }

    private SheetRecord Next()
    {
        Expect(position <= stream.Length - 4, "a record", "the end");
        var type = BinaryPrimitives.ReadUInt16LittleEndian(stream.AsSpan(position));
        var length = BinaryPrimitives.ReadUInt16LittleEndian(stream.AsSpan(position + 2));
        Expect(length <= LongestRecord && position + 4 + length <= stream.Length, $"a record of at most {LongestRecord} bytes", $"{length}");
        var body = stream.AsMemory(position + 4, length);
        position += 4 + length;
        return new SheetRecord(type, body);
    }

    private void Expect(bool holds, string expected, string found)
    {
        if (!holds)
            throw Damaged($"{expected} at byte {position}", found);
    }

    /// <summary>Whether something is broken so often that the program that wrote the file does not know better.</summary>
    internal static bool IsHabit(int broken, int kept) => broken * 10L > kept;

    internal static DocumentRefusedException Damaged(string expected, string found) =>
        new("document.damaged", FormattableString.Invariant($"expected a sound workbook with {expected}, found {found}"));
}

/// <summary>A record of a workbook's stream.</summary>
internal readonly record struct SheetRecord(ushort Type, ReadOnlyMemory<byte> Body)
{
    public ushort UInt16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(Body.Span[at..]);

    public uint UInt32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(Body.Span[at..]);
}

/// <summary>The records that are looked at, by the numbers of [MS-XLS] 2.3.</summary>
internal static class RecordType
{
    public const ushort Bof = 0x809;
    public const ushort Eof = 0x0A;
    public const ushort FilePass = 0x2F;
    public const ushort Continue = 0x3C;
    public const ushort BoundSheet = 0x85;
    public const ushort Xf = 0xE0;
    public const ushort Sst = 0xFC;
    public const ushort Dimensions = 0x200;
    public const ushort Row = 0x208;
    public const ushort Blank = 0x201;
    public const ushort Number = 0x203;
    public const ushort Label = 0x204;
    public const ushort BoolErr = 0x205;
    public const ushort Formula = 0x06;
    public const ushort MulRk = 0xBD;
    public const ushort MulBlank = 0xBE;
    public const ushort LabelSst = 0xFD;
    public const ushort Rk = 0x27E;
    public const ushort MergeCells = 0xE5;
}
