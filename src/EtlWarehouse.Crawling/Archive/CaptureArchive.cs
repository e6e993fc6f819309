using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EtlWarehouse.Crawling.Archive;

/// <summary>
/// All captures, one immutable JSON file each: <c>captures/ab/cd/abcd….&lt;hash of the address&gt;.json</c>, and with
/// <c>.&lt;microseconds since 1970&gt;</c> behind the address where it gave the bytes again after others.
/// </summary>
public sealed class CaptureArchive
{
    private readonly DurableFolder _folder;
    private readonly Lock _gate = new();

    // Newest capture of each address; read from the folder when first needed.
    private Dictionary<string, Capture>? _newest;

    internal CaptureArchive(DurableFolder folder) => _folder = folder;

    /// <summary>Stores a capture unless these bytes are the last that the address gave. Its body must be stored before.</summary>
    /// <returns>The capture that stands in the archive for what the address gives now, and whether it is the one given.</returns>
    /// <exception cref="ArchiveException">The disk is full, the folder may not be written, or a capture in it is broken.</exception>
    public (Capture Stored, bool IsNew) Add(Capture capture)
    {
        ArgumentNullException.ThrowIfNull(capture);
        if (capture.FirstSeenAt != Capture.WholeMicroseconds(capture.FirstSeenAt))
            throw new ArgumentException($"expected whole microseconds in UTC, found {capture.FirstSeenAt:O}", nameof(capture));

        var place = Place(capture.Sha256, capture.Url);
        if (TryAdd(place, capture))
            return (capture, true);

        var newest = Newest(capture.Url) ?? Read(place);
        if (newest.Sha256 == capture.Sha256 || newest.FirstSeenAt >= capture.FirstSeenAt)
            return (newest.Sha256 == capture.Sha256 ? newest : Read(place), false);

        var again = Again(place, capture);
        return TryAdd(again, capture) ? (capture, true) : (Read(again), false);
    }

    /// <summary>The first capture of this body from this address; null if there is none.</summary>
    public Capture? Find(string sha256, string url)
    {
        var place = Place(sha256, url);
        return File.Exists(_folder.Find(place)) ? Read(place) : null;
    }

    /// <summary>Every capture in the order (first seen, hash, address), the same on every machine.</summary>
    /// <exception cref="ArchiveException">A file cannot be read or is no capture.</exception>
    public IReadOnlyList<Capture> ReadAll() =>
    [
        .. _folder.List("captures", "*.json")
            .Select(Read)
            .OrderBy(capture => capture.FirstSeenAt)
            .ThenBy(capture => capture.Sha256, StringComparer.Ordinal)
            .ThenBy(capture => capture.Url, StringComparer.Ordinal),
    ];

    /// <summary>Reads a capture and holds it to its place.</summary>
    /// <exception cref="ArchiveException">The file cannot be read, is no capture, or is that of another body or address.</exception>
    internal Capture Verify(string file)
    {
        var capture = Read(file);
        var place = Place(capture.Sha256, capture.Url);
        return file == place || file == Again(place, capture)
            ? capture
            : throw new ArchiveException(ArchiveFault.Corrupt, $"{_folder.Find(file)}: expected the capture of its name, found that of {place}");
    }

    private static string Again(string place, Capture capture) => Path.ChangeExtension(
        place, string.Create(CultureInfo.InvariantCulture, $"{(capture.FirstSeenAt - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond}.json"));

    private bool TryAdd(string place, Capture capture)
    {
        if (!_folder.TryAdd(place, stream => JsonSerializer.Serialize(stream, capture, ArchiveJson.Options)))
            return false;

        lock (_gate)
        {
            if (_newest is not null && (!_newest.TryGetValue(capture.Url, out var known) || known.FirstSeenAt <= capture.FirstSeenAt))
                _newest[capture.Url] = capture;
        }

        return true;
    }

    private Capture? Newest(string url)
    {
        lock (_gate)
        {
            _newest ??= ReadAll().GroupBy(capture => capture.Url).ToDictionary(captures => captures.Key, captures => captures.Last());
            return _newest.GetValueOrDefault(url);
        }
    }

    private Capture Read(string place) => ArchiveJson.Read<Capture>(_folder.Find(place), _folder.Read(place));

    private static string Place(string sha256, string url) => Path.Combine(
        "captures", sha256[..2], sha256[2..4], $"{sha256}.{BodyArchive.Hash(Encoding.UTF8.GetBytes(url))[..16]}.json");
}
