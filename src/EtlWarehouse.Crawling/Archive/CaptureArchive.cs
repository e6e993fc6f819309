using System.Text;
using System.Text.Json;

namespace EtlWarehouse.Crawling.Archive;

/// <summary>All captures, one immutable JSON file each: <c>captures/ab/cd/abcd….&lt;hash of the address&gt;.json</c>.</summary>
public sealed class CaptureArchive
{
    private readonly DurableFolder _folder;

    internal CaptureArchive(DurableFolder folder) => _folder = folder;

    /// <summary>Stores a capture unless one of the same body and address is there. Its body must be stored before.</summary>
    /// <returns>The capture that stands in the archive, and whether it is the one given.</returns>
    /// <exception cref="ArchiveException">The disk is full, or the folder may not be written.</exception>
    public (Capture Stored, bool IsNew) Add(Capture capture)
    {
        ArgumentNullException.ThrowIfNull(capture);
        if (capture.FirstSeenAt != Capture.WholeMicroseconds(capture.FirstSeenAt))
            throw new ArgumentException($"expected whole microseconds in UTC, found {capture.FirstSeenAt:O}", nameof(capture));

        var place = Place(capture.Sha256, capture.Url);
        var isNew = _folder.TryAdd(place, stream => JsonSerializer.Serialize(stream, capture, ArchiveJson.Options));
        return isNew ? (capture, true) : (Read(place), false);
    }

    /// <summary>The capture of this body from this address; null if there is none.</summary>
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

    private Capture Read(string place) => ArchiveJson.Read<Capture>(_folder.Find(place), _folder.Read(place));

    private static string Place(string sha256, string url) => Path.Combine(
        "captures", sha256[..2], sha256[2..4], $"{sha256}.{BodyArchive.Hash(Encoding.UTF8.GetBytes(url))[..16]}.json");
}
