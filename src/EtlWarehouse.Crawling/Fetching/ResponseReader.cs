using System.Globalization;
using EtlWarehouse.Crawling.Fetching.Walls;

namespace EtlWarehouse.Crawling.Fetching;

/// <summary>Turns one HTTP answer into a result, or into the redirect it asks for.</summary>
internal sealed class ResponseReader(FetchLimits limits, TimeProvider time)
{
    private static readonly string[] FileEndings = [".pdf", ".doc", ".docx", ".wps", ".ofd", ".xls", ".xlsx", ".et", ".rtf", ".txt", ".zip", ".rar", ".jpg", ".png"];

    private static readonly HashSet<string> KeptHeaders =
        new(StringComparer.OrdinalIgnoreCase) { "content-type", "content-length", "content-encoding", "last-modified", "etag", "date", "server" };

    public async Task<(FetchResult Result, Uri? Redirect)> ReadAsync(FetchRequest request, HttpResponseMessage response, CancellationToken cancellation)
    {
        var url = request.Url;
        var status = (int)response.StatusCode;
        if (status == 304)
            return (new FetchResult(FetchStatus.NotModified, 1, status, null, null), null);
        if (status is 301 or 302 or 303 or 307 or 308)
            return Redirect(url, response, status);
        if (status != 200)
            return (FetchResult.Of(await RefusedAsync(request, response, status, cancellation).ConfigureAwait(false), status), null);

        var body = await BoundedBody.ReadAsync(response.Content, limits, time, cancellation).ConfigureAwait(false);
        // Some sites answer 200 with nothing, or with a line break, while they fail or do not want to answer.
        if (body.Length <= 2 && !request.IsRobots)
        {
            var empty = new FetchFault("answer.empty", $"{url}: expected a document, found {body.Length} bytes", IsTransient: true);
            // A file that was lost on its server is no refusal of the others.
            var isFile = Array.Exists(FileEndings, ending => url.AbsolutePath.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
            return (FetchResult.Of(isFile ? empty : ForTheNight(empty, url), status), null);
        }

        if (WallSigns.Find(new WallEvidence(url, response, body)) is { } wall)
            return (FetchResult.Of(Wall(wall, url, status), status), null);

        var fetched = new FetchedResponse(
            url, body,
            response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant(),
            response.Content.Headers.ContentType?.CharSet?.Trim('"', '\''),
            new Validators(Header(response, "ETag"), response.Content.Headers.LastModified),
            Kept(response));
        return (new FetchResult(FetchStatus.Fetched, 1, status, fetched, null), null);
    }

    private static (FetchResult, Uri?) Redirect(Uri url, HttpResponseMessage response, int status)
    {
        // A location that is no address at all is kept apart from one that leads somewhere else.
        var target = response.Headers.Location;
        if (target is null || !Uri.TryCreate(url, target, out var absolute))
        {
            var found = Header(response, "Location") ?? "none";
            return (FetchResult.Of(new FetchFault("redirect.target", $"{url}: expected a location with status {status}, found {found}"), status), null);
        }

        absolute = new UriBuilder(absolute) { Fragment = "" }.Uri;
        return WallSigns.Find(new WallEvidence(url, response, [], absolute)) is { } wall
            ? (FetchResult.Of(Wall(wall, url, status), status), null)
            : (new FetchResult(FetchStatus.Failed, 1, status, null, null), absolute);
    }

    private async Task<FetchFault> RefusedAsync(FetchRequest request, HttpResponseMessage response, int status, CancellationToken cancellation)
    {
        var wall = WallSigns.Find(new WallEvidence(request.Url, response, await NoticeAsync(response, cancellation).ConfigureAwait(false)));
        // Robots.txt may be forbidden where pages are not (RFC 9309, section 2.3.1.3); a wall that names itself stands before all.
        if (wall is { Code: "wall.forbidden" } && request.IsRobots)
            wall = null;
        var wait = RetryAfter(response);
        var isTransient = status is 408 or 429 or >= 500;
        // Who is told when to come back, comes back then, and only who is not told or is told too late stays away.
        if (wall is not null && !(wall.Code == "wall.throttled" && wait <= limits.LongestWait))
            return Wall(wall, request.Url, status);
        var code = wall?.Code ?? string.Create(CultureInfo.InvariantCulture, $"http.{status}");
        var refused = new FetchFault(code, $"{request.Url}: expected status 200, found {status}", isTransient, isTransient ? wait : null);
        return wall is null ? refused : ForTheNight(refused, request.Url);
    }

    /// <summary>What the server says beside its refusal; nothing where that cannot be read.</summary>
    private async Task<byte[]> NoticeAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            return await BoundedBody.ReadAsync(
                response.Content, limits with { BodyBytes = Math.Min(limits.BodyBytes, WallEvidence.MostBytes) }, time, cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or TimeoutException or HttpRequestException)
        {
            // The status says enough without it.
            return [];
        }
    }

    private static FetchFault Wall(WallSign wall, Uri url, int status) => ForTheNight(
        new FetchFault(wall.Code, string.Create(CultureInfo.InvariantCulture, $"{url}: expected a page, found {wall.Found} (status {status})")), url);

    private static FetchFault ForTheNight(FetchFault fault, Uri url) => fault with { Reach = FaultReach.Night, Host = url.IdnHost };

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? header?.Date - time.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static SortedDictionary<string, string> Kept(HttpResponseMessage response)
    {
        var kept = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
        {
            if (KeptHeaders.Contains(name))
                kept[name.ToLowerInvariant()] = values.ToString();
        }

        return kept;
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
