using System.Text.Json;

namespace EtlWarehouse.App.Samples;

/// <summary><c>samples/&lt;site&gt;/site.json</c>: how the files of a sample site are served.</summary>
/// <param name="Host">The only host name it answers to.</param>
/// <param name="Modified">Sent as Last-Modified of every file.</param>
/// <param name="MediaTypes">Content-Type by file extension, exactly as sent.</param>
/// <param name="Routes">Requests that are not simply the path of a file.</param>
internal sealed record SampleManifest(
    string Host, DateTimeOffset Modified, IReadOnlyDictionary<string, string> MediaTypes, IReadOnlyList<SampleRoute> Routes)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <exception cref="FormatException">The file is no such manifest.</exception>
    public static SampleManifest Load(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<SampleManifest>(File.ReadAllBytes(file), Options)
                ?? throw new FormatException($"{file}: expected a manifest, found null");
        }
        catch (JsonException exception)
        {
            throw new FormatException($"{file}: expected a manifest, found: {exception.Message}", exception);
        }
    }
}

/// <param name="Request">Method, path and query, e.g. <c>GET /list.htm?page=2</c>.</param>
/// <param name="File">From the folder of the site, with a leading slash.</param>
/// <param name="MediaType">Null to go by the file's extension.</param>
internal sealed record SampleRoute(string Request, string File, string? MediaType = null);
