using System.Text.Json;
using EtlWarehouse.Crawling.Pipelines;

namespace EtlWarehouse.Crawling.Archive;

/// <summary>Pipelines as they were when they captured something, under the hash of their JSON: <c>pipelines/abcd….json</c>.</summary>
public sealed class PipelineArchive
{
    private readonly DurableFolder _folder;

    internal PipelineArchive(DurableFolder folder) => _folder = folder;

    /// <returns>The key to find it by.</returns>
    public string Add(CrawlPipeline pipeline)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(pipeline, ArchiveJson.Options);
        var hash = BodyArchive.Hash(json);
        _folder.TryAdd(Place(hash), stream => stream.Write(json));
        return hash;
    }

    /// <exception cref="ArchiveException">It is missing, unreadable or does not have this hash.</exception>
    public CrawlPipeline Read(string hash)
    {
        var path = _folder.Find(Place(hash));
        var json = _folder.Read(Place(hash));
        var found = BodyArchive.Hash(json);
        return found == hash
            ? ArchiveJson.Read<CrawlPipeline>(path, json)
            : throw new ArchiveException(ArchiveFault.Corrupt, $"{path}: expected SHA-256 {hash}, found {found}");
    }

    private static string Place(string hash) => Path.Combine("pipelines", $"{hash}.json");
}
