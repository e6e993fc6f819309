using EtlWarehouse.Crawling.Fetching;

namespace EtlWarehouse.Crawling.Archive.Warc;

/// <summary>What an export wrote.</summary>
/// <param name="Records">By type, the heads of files not counted.</param>
/// <param name="Faults">What stands in the archive and could not be exported, each with its place.</param>
public sealed record WarcSummary(IReadOnlyList<string> Files, IReadOnlyDictionary<string, int> Records, IReadOnlyList<string> Faults);

/// <summary>
/// The archive as WARC 1.1: each fetch as the requests and answers it was, an answer that gave known bytes as a revisit, and
/// each capture that no fetch tells of (imports, and what was captured before fetches were kept) as a resource.
/// </summary>
public sealed class WarcExport(DocumentArchive archive, string software)
{
    private const string SamePayload = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";
    private const string NotModified = "http://netpreserve.org/warc/1.1/revisit/server-not-modified";

    // Where each body was first exported.
    private readonly Dictionary<string, WarcOrigin> _origins = [];
    private readonly SortedDictionary<string, int> _records = new(StringComparer.Ordinal);
    private readonly List<string> _faults = [];

    /// <param name="target">A file, or a folder: one that is there, or a name that ends with a slash.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public WarcSummary Write(string target, CancellationToken cancellation)
    {
        using var files = new WarcFiles(target, software);
        var last = DateTimeOffset.UnixEpoch;
        foreach (var (fetch, number) in archive.Fetches.ReadAll().Select((fetch, index) => (fetch, index)))
        {
            cancellation.ThrowIfCancellationRequested();
            for (var hop = 0; hop < fetch.Hops.Count; hop++)
                Write(files, fetch, hop, $"{number}.{hop}");
            last = fetch.EndedAt;
        }

        foreach (var capture in archive.Captures.ReadAll().Where(capture => !_origins.ContainsKey(capture.Sha256)))
        {
            cancellation.ThrowIfCancellationRequested();
            if (Body(capture.Sha256) is { } body)
                Write(files, Resource(capture, body), capture.FirstSeenAt, capture.Sha256);
            last = last > capture.FirstSeenAt ? last : capture.FirstSeenAt;
        }

        files.Finish(last);
        return new WarcSummary(files.Files, _records, _faults);
    }

    /// <summary>One request and its answer; a request that was never answered is no exchange.</summary>
    private void Write(WarcFiles files, FetchRecord fetch, int index, string key)
    {
        var hop = fetch.Hops[index];
        if (hop.Status is null)
            return;

        // Only the last answer is the one whose body was kept.
        var sha256 = index == fetch.Hops.Count - 1 ? fetch.Sha256 : null;
        if (Answer(hop, sha256, key) is not { } answer)
            return;
        answer.Add("WARC-Target-URI", hop.Url);
        answer.Add("WARC-IP-Address", Ip(hop.Address));
        answer.Add("Content-Type", answer.Type == "resource" ? fetch.MediaType ?? "application/octet-stream" : "application/http;msgtype=response");
        var request = new WarcRecord("request", hop.At, key, HttpMessages.Request(hop));
        request.Add("WARC-Target-URI", hop.Url);
        request.Add("WARC-IP-Address", Ip(hop.Address));
        request.Add("WARC-Concurrent-To", answer.Id);
        request.Add("Content-Type", "application/http;msgtype=request");
        Write(files, request, hop.At, null);
        Write(files, answer, hop.At, sha256);
    }

    private WarcRecord? Answer(FetchHop hop, string? sha256, string key)
    {
        if (sha256 is null)
        {
            var unkept = new WarcRecord("response", hop.At, key, HttpMessages.Head(hop));
            // Bodies of redirects and refusals are not kept.
            unkept.Add("WARC-Truncated", "unspecified");
            return unkept;
        }

        if (_origins.TryGetValue(sha256, out var origin))
        {
            var revisit = new WarcRecord("revisit", hop.At, key, HttpMessages.Head(hop));
            revisit.Add("WARC-Profile", hop.Status == 304 ? NotModified : SamePayload);
            revisit.Add("WARC-Refers-To", origin.Id);
            revisit.Add("WARC-Refers-To-Target-URI", origin.Url);
            revisit.Add("WARC-Refers-To-Date", origin.Date);
            revisit.Add("WARC-Payload-Digest", WarcRecord.Digest(sha256));
            return revisit;
        }

        if (Body(sha256) is not { } body)
            return null;
        // Without the answer that gave the bytes, the bytes still stand: a 304 alone would tell of nothing.
        var answer = hop.Status == 304
            ? new WarcRecord("resource", hop.At, key, body)
            : new WarcRecord("response", hop.At, key, HttpMessages.Response(hop, body));
        answer.Add("WARC-Payload-Digest", WarcRecord.Digest(sha256));
        return answer;
    }

    private static WarcRecord Resource(Capture capture, byte[] body)
    {
        var record = new WarcRecord("resource", capture.FirstSeenAt, $"{capture.Sha256} {capture.Url}", body);
        record.Add("WARC-Target-URI", capture.Url);
        record.Add("WARC-Payload-Digest", WarcRecord.Digest(capture.Sha256));
        record.Add("Content-Type", capture.MediaType ?? "application/octet-stream");
        return record;
    }

    private void Write(WarcFiles files, WarcRecord record, DateTimeOffset date, string? sha256)
    {
        files.Write(record, date);
        _records[record.Type] = _records.GetValueOrDefault(record.Type) + 1;
        if (sha256 is not null)
            _origins.TryAdd(sha256, new WarcOrigin(record.Id, record.Url!, record.Date));
    }

    private byte[]? Body(string sha256)
    {
        try
        {
            return archive.Bodies.Read(sha256);
        }
        catch (ArchiveException exception) when (exception.Fault is ArchiveFault.Missing or ArchiveFault.Corrupt)
        {
            _faults.Add(exception.Message);
            return null;
        }
    }

    private static string? Ip(string? address) =>
        address is not null && System.Net.IPEndPoint.TryParse(address, out var endpoint) ? endpoint.Address.ToString() : null;

    private sealed record WarcOrigin(string Id, string Url, string Date);
}
