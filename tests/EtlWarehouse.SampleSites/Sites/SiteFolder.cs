using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EtlWarehouse.SampleSites.Sites;

/// <summary>The files of one sample site and the manifest that says how they are served.</summary>
/// <param name="name">Folder under <c>samples/</c>.</param>
/// <param name="encoding">Of its pages.</param>
/// <param name="pageType">Content-Type of its pages, with or without a charset, as the site declares it.</param>
public sealed class SiteFolder(string name, string host, Encoding encoding, string pageType)
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly SortedDictionary<string, string> _mediaTypes = new(StringComparer.Ordinal)
    {
        [".html"] = pageType,
        [".htm"] = pageType,
        [".txt"] = "text/plain",
    };

    private readonly List<SampleRoute> _routes = [];
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    public string Name => name;

    public string Host => host;

    public IReadOnlyDictionary<string, byte[]> Files => _files;

    public Uri Address(string path) => new($"http://{host}{path}");

    /// <summary>A page in the site's encoding.</summary>
    public void AddPage(string path, string text) => AddBytes(path, encoding.GetBytes(text));

    /// <param name="path">As in the address, with a leading slash.</param>
    public void AddBytes(string path, byte[] content) => _files.Add($"{name}{path}", content);

    /// <summary>A request that is not simply the path of a file.</summary>
    /// <param name="request">Method, path and query, e.g. <c>GET /list.htm?page=2</c>.</param>
    public void AddRoute(string request, string file, string? mediaType = null) =>
        _routes.Add(new SampleRoute(request, file, mediaType));

    /// <summary>Adds <c>robots.txt</c> and <c>site.json</c>.</summary>
    public void Finish(string robots)
    {
        AddBytes("/robots.txt", Encoding.ASCII.GetBytes(robots));
        var manifest = new
        {
            host,
            modified = "2025-04-01T02:00:00Z",
            media_types = _mediaTypes,
            routes = _routes.Select(route => new { request = route.Request, file = route.File, media_type = route.MediaType }),
        };
        AddBytes("/site.json", Encoding.UTF8.GetBytes(JsonSerializer.Serialize(manifest, Layout) + "\n"));
    }

    private sealed record SampleRoute(string Request, string File, string? MediaType);
}
