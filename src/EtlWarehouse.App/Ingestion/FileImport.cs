using EtlWarehouse.Crawling.Archive;
using EtlWarehouse.Crawling.Pipelines;

namespace EtlWarehouse.App.Ingestion;

/// <summary>Archives files that are already on disk, as if a pipeline named <c>import</c> had fetched them.</summary>
public sealed class FileImport(DocumentArchive archive, TimeProvider time)
{
    public const string Name = "import";

    /// <summary>A report is a few hundred kilobytes; what is larger than this was not meant.</summary>
    private const long LargestFile = 50L * 1024 * 1024;

    private static readonly CrawlPipeline Pipeline = new(
        Name, "本地文件", null, "Asia/Shanghai", "none", Politeness.Default, AllowLoopback: false, Serve: null, [], []);

    /// <summary>Archives each file, or each file below a folder.</summary>
    /// <returns>Captures in the order of the files, new or not; and what could not be read, one line each.</returns>
    /// <exception cref="ArchiveException">The archive cannot be written at all.</exception>
    public (IReadOnlyList<Capture> Captures, int New, IReadOnlyList<UnreadDocument> Unread) Add(IEnumerable<string> paths, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var pipeline = archive.Pipelines.Add(Pipeline);
        var captures = new List<Capture>();
        var unread = new List<UnreadDocument>();
        var added = 0;
        foreach (var path in paths)
        {
            foreach (var file in path.Length == 0 ? Files(path, unread) : Files(Path.GetFullPath(path), unread))
            {
                ct.ThrowIfCancellationRequested();
                if (ReadFile(file, unread) is not { } bytes)
                    continue;
                try
                {
                    var (capture, isNew) = Add(file, bytes, pipeline);
                    captures.Add(capture);
                    added += isNew ? 1 : 0;
                }
                catch (ArchiveException refused)
                {
                    // A small document may still fit where a large one did not.
                    unread.Add(new UnreadDocument(file, $"archive.{refused.Fault}".ToLowerInvariant(), refused.Message));
                }
            }
        }

        return (captures, added, unread);
    }

    private (Capture, bool) Add(string file, byte[] bytes, string pipeline) => archive.Captures.Add(new Capture(
        archive.Bodies.Add(bytes), new Uri(file).AbsoluteUri, Name, pipeline, Name,
        Capture.WholeMicroseconds(time.GetUtcNow()),
        MediaType: null, Charset: null, Path.GetFileName(file), ListTitle: null, ListDate: null, PageUrl: null,
        DivisionCode: null, AgencyName: null, AgencyKind: null, new Dictionary<string, string>()));

    private static List<string> Files(string path, List<UnreadDocument> unread)
    {
        if (File.Exists(path))
            return [path];
        if (!Directory.Exists(path))
        {
            unread.Add(new UnreadDocument(path, "file.missing", "expected a file or folder, found nothing"));
            return [];
        }

        return Below(path, unread);
    }

    private static List<string> Below(string folder, List<UnreadDocument> unread)
    {
        var files = new List<string>();
        try
        {
            files.AddRange(Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Where(file => Path.GetFileName(file)[0] != '.'));
            foreach (var inner in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).Where(inner => Path.GetFileName(inner)[0] != '.'))
                files.AddRange(Below(inner, unread));
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            unread.Add(new UnreadDocument(folder, "folder.unreadable", $"expected a folder that may be listed, found: {refused.Message}"));
        }

        return files;
    }

    private static byte[]? ReadFile(string file, List<UnreadDocument> unread)
    {
        var (bytes, refusal) = DocumentFile.Read(file, LargestFile);
        if (refusal is not null)
            unread.Add(new UnreadDocument(file, refusal.Code, refusal.Message));
        return bytes;
    }
}
