using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace EtlWarehouse.IntegrationTests.Crawling;

/// <summary>One record as a reader by the standard finds it: fields by name, and the block.</summary>
internal sealed record ReadRecord(IReadOnlyDictionary<string, string> Fields, byte[] Block)
{
    public string Type => Fields["WARC-Type"];

    /// <summary>The block's first line and headers, and what is behind them; for records of HTTP.</summary>
    public (string[] Head, byte[] Body) Http()
    {
        var end = Block.AsSpan().IndexOf("\r\n\r\n"u8);
        return (Encoding.UTF8.GetString(Block, 0, end).Split("\r\n"), Block[(end + 4)..]);
    }
}

/// <summary>Reads WARC files by ISO 28500:2017 alone: it shares nothing with what writes them.</summary>
internal static class WarcReader
{
    private static readonly byte[] Magic = [0x1F, 0x8B, 0x08];

    /// <summary>Each gzip member must be one whole record.</summary>
    public static List<ReadRecord> Read(string file)
    {
        var bytes = File.ReadAllBytes(file);
        var records = new List<ReadRecord>();
        for (var start = 0; start < bytes.Length;)
        {
            var (record, length) = ReadMember(bytes, start);
            records.Add(record);
            start += length;
        }

        return records;
    }

    /// <summary>A member ends where the next begins: the first place of the magic number at which what is before makes a record.</summary>
    private static (ReadRecord Record, int Length) ReadMember(byte[] bytes, int start)
    {
        for (var next = start; ;)
        {
            var found = bytes.AsSpan(next + 1).IndexOf(Magic);
            next = found < 0 ? bytes.Length : next + 1 + found;
            if (TryParse(bytes[start..next]) is { } record)
                return (record, next - start);
            if (next == bytes.Length)
                throw new FormatException($"{start}: expected a gzip member that is one record, found none");
        }
    }

    private static ReadRecord? TryParse(byte[] member)
    {
        byte[] text;
        try
        {
            using var gzip = new GZipStream(new MemoryStream(member), CompressionMode.Decompress);
            using var all = new MemoryStream();
            gzip.CopyTo(all);
            text = all.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }

        var end = text.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return null;
        var lines = Encoding.UTF8.GetString(text, 0, end).Split("\r\n");
        if (lines[0] != "WARC/1.1")
            return null;
        var fields = lines[1..].Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var length = int.Parse(fields["Content-Length"], CultureInfo.InvariantCulture);
        if (text.Length != end + 4 + length + 4 || !text.AsSpan(^4..).SequenceEqual("\r\n\r\n"u8))
            return null;
        return new ReadRecord(fields, text[(end + 4)..^4]);
    }
}
