using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace EtlWarehouse.App.Samples;

/// <summary>One sample site: its files by request, with the headers that its manifest asks for.</summary>
internal sealed class SampleSite
{
    private readonly SampleManifest _manifest;
    private readonly Dictionary<string, (string File, string MediaType)> _answers = new(StringComparer.Ordinal);

    private SampleSite(SampleManifest manifest) => _manifest = manifest;

    public string Host => _manifest.Host;

    /// <param name="file">Its <c>site.json</c>; every file beside and below it is part of the site.</param>
    public static SampleSite Load(string file)
    {
        var site = new SampleSite(SampleManifest.Load(file));
        var root = Path.GetDirectoryName(file)!;
        foreach (var page in Directory.GetFiles(root, "*", SearchOption.AllDirectories).Where(page => page != file))
        {
            var path = "/" + Path.GetRelativePath(root, page);
            site._answers[$"GET {path}"] = (page, site.MediaType(path));
        }

        foreach (var route in site._manifest.Routes)
        {
            var page = Path.Combine(root, route.File.TrimStart('/'));
            if (!File.Exists(page))
                throw new FormatException($"{file}: expected the file of '{route.Request}', found no {route.File}");
            site._answers[route.Request] = (page, route.MediaType ?? site.MediaType(route.File));
        }

        return site;
    }

    public async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        if (!_answers.TryGetValue($"{request.Method} {request.Path}{request.QueryString}", out var answer))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var body = await File.ReadAllBytesAsync(answer.File, context.RequestAborted).ConfigureAwait(false);
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body))[..16]}\"";
        var headers = context.Response.Headers;
        headers.ETag = tag;
        headers.LastModified = HeaderUtilities.FormatDate(_manifest.Modified);
        if (request.Headers.IfNoneMatch == tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        headers.ContentType = answer.MediaType;
        headers.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    private string MediaType(string path) =>
        _manifest.MediaTypes.GetValueOrDefault(Path.GetExtension(path), "application/octet-stream");
}
