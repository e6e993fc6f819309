using System.Globalization;
using System.Text;
using EtlWarehouse.Crawling.Fetching;

namespace EtlWarehouse.Crawling.Archive.Warc;

/// <summary>Requests and answers of the archive as HTTP/1.1 messages.</summary>
internal static class HttpMessages
{
    // What they say of the bytes on the wire is not true of the body as the archive has it.
    private static readonly HashSet<string> OfTheWire = new(StringComparer.OrdinalIgnoreCase)
    {
        "content-encoding", "transfer-encoding", "content-length",
    };

    public static byte[] Request(FetchHop hop)
    {
        var url = new Uri(hop.Url);
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{hop.Method} {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\n");
        Append(head, Kept(hop.RequestHeaders));
        return [.. Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), .. Encoding.UTF8.GetBytes(hop.Form ?? "")];
    }

    /// <summary>Only the head: of an answer that said nothing changed, or whose body is told by another record.</summary>
    public static byte[] Head(FetchHop hop) => Encoding.UTF8.GetBytes(StatusLine(hop, Kept(hop.ResponseHeaders)).Append("\r\n").ToString());

    /// <summary>
    /// An answer with its body, decompressed and in one piece; headers of how it was sent are kept under other names,
    /// as archives use to do.
    /// </summary>
    public static byte[] Response(FetchHop hop, ReadOnlySpan<byte> body)
    {
        var headers = Kept(hop.ResponseHeaders)
            .Select(line => OfTheWire.Contains(Name(line)) ? $"X-Archive-Orig-{line}" : line)
            .Append(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}"));
        return [.. Encoding.UTF8.GetBytes(StatusLine(hop, headers).Append("\r\n").ToString()), .. body];
    }

    private static StringBuilder StatusLine(FetchHop hop, IEnumerable<string> headers)
    {
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {hop.Status} {hop.Reason}\r\n");
        Append(head, headers);
        return head;
    }

    private static void Append(StringBuilder head, IEnumerable<string> lines)
    {
        foreach (var line in lines)
            head.Append(line).Append("\r\n");
    }

    /// <summary>Without secrets, of which the archive has no more than the names.</summary>
    private static IEnumerable<string> Kept(IEnumerable<string> lines) => lines.Where(line => !line.EndsWith($": {HeaderLines.NotKept}", StringComparison.Ordinal));

    private static string Name(string line) => line[..line.IndexOf(':', StringComparison.Ordinal)];
}
