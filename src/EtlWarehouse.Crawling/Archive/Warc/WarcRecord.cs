using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EtlWarehouse.Crawling.Archive.Warc;

/// <summary>One record of a WARC file (ISO 28500:2017, WARC/1.1): named fields and a block of bytes.</summary>
internal sealed class WarcRecord
{
    private readonly List<(string Name, string Value)> _fields = [];

    /// <param name="type"><c>warcinfo</c>, <c>request</c>, <c>response</c>, <c>revisit</c> or <c>resource</c>.</param>
    /// <param name="key">What tells the record from all others of its export; the same archive always gives the same identifiers.</param>
    public WarcRecord(string type, DateTimeOffset date, string key, byte[] block)
    {
        (Type, Block) = (type, block);
        Id = Identifier($"{type} {key}");
        Date = Timestamp(date);
        Add("WARC-Type", type);
        Add("WARC-Record-ID", Id);
        Add("WARC-Date", Date);
    }

    public string Type { get; }

    public string Id { get; }

    public string Date { get; }

    /// <summary>Of what it tells; null for the head of a file.</summary>
    public string? Url => _fields.Find(named => named.Name == "WARC-Target-URI").Value;

    public byte[] Block { get; }

    public void Add(string name, string? value)
    {
        if (value is not null)
            _fields.Add((name, value));
    }

    /// <summary>The record as it stands in a file that is not compressed.</summary>
    public byte[] ToBytes()
    {
        var head = new StringBuilder("WARC/1.1\r\n");
        foreach (var (name, value) in _fields)
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        head.Append(CultureInfo.InvariantCulture, $"WARC-Block-Digest: {Digest(SHA256.HashData(Block))}\r\n");
        head.Append(CultureInfo.InvariantCulture, $"Content-Length: {Block.Length}\r\n\r\n");
        return [.. Encoding.UTF8.GetBytes(head.ToString()), .. Block, .. "\r\n\r\n"u8];
    }

    public static string Digest(byte[] sha256) => Digest(Convert.ToHexStringLower(sha256));

    public static string Digest(string sha256) => $"sha256:{sha256}";

    public static string Timestamp(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static string Identifier(string key)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(key))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);   // version 8: made by a rule of our own (RFC 9562, section 5.8)
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return $"<urn:uuid:{new Guid(bytes, bigEndian: true)}>";
    }
}
