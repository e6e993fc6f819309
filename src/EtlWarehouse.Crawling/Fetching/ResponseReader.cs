using System.Globalization;

namespace EtlWarehouse.Crawling.Fetching;

/// <summary>Turns one HTTP answer into a result, or into the redirect it asks for.</summary>
internal static class ResponseReader
{
    public static async Task<(FetchResult Result, Uri? Redirect)> ReadAsync(
        Uri url, HttpResponseMessage response, long mostBytes, TimeProvider time, CancellationToken cancellation)
    {
        var status = (int)response.StatusCode;
        if (status == 304)
            return (new FetchResult(FetchStatus.NotModified, 1, status, null, null), null);
        if (status is 301 or 302 or 303 or 307 or 308)
            return Redirect(url, response, status);
        if (status != 200)
            return (FetchResult.Of(Refused(url, response, status, time), status), null);

        var body = await BoundedBody.ReadAsync(response.Content, mostBytes, cancellation).ConfigureAwait(false);
        // Some sites answer 200 with nothing, or with a line break, while they fail.
        if (body.Length <= 2)
        {
            return (FetchResult.Of(
                new FetchFault("body.empty", $"{url}: expected a document, found {body.Length} bytes", IsTransient: true), status), null);
        }

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

        return (new FetchResult(FetchStatus.Failed, 1, status, null, null), new UriBuilder(absolute) { Fragment = "" }.Uri);
    }

    private static FetchFault Refused(Uri url, HttpResponseMessage response, int status, TimeProvider time)
    {
        var isTransient = status is 408 or 429 or >= 500;
        return new FetchFault(
            string.Create(CultureInfo.InvariantCulture, $"http.{status}"),
            $"{url}: expected status 200, found {status}",
            isTransient,
            isTransient ? RetryAfter(response, time) : null);
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time)
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
            var lower = name.ToLowerInvariant();
            if (SiteClient.IsKept(lower))
                kept[lower] = values.ToString();
        }

        return kept;
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
