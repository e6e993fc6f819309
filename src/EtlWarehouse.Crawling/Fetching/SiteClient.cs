using System.Net;
using System.Net.Http.Headers;
using System.Text;
using EtlWarehouse.Crawling.Pipelines;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace EtlWarehouse.Crawling.Fetching;

/// <summary>
/// Fetches politely and within bounds: paced per host, only where <see cref="AddressGuard"/> lets it, with retries
/// of transient faults only. Every end of a fetch is a result; only a cancelled one throws.
/// </summary>
public sealed class SiteClient : IDisposable
{
    /// <summary>The name by which robots.txt can address this crawler.</summary>
    public const string ProductToken = "EtlWarehouse";

    private static readonly string[] KeptHeaders = ["content-type", "content-length", "content-encoding", "last-modified", "etag", "date", "server"];

    private readonly HttpClient _http;
    private readonly HostPace _pace;
    private readonly FetchLimits _limits;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline<FetchResult> _retries;
    private readonly ResiliencePipeline _timeout;

    /// <param name="served">Hosts that this program serves itself, with where it does; null for none.</param>
    /// <param name="limits">Null for <see cref="FetchLimits.Default"/>.</param>
    public SiteClient(
        CrawlPipeline pipeline, TimeProvider time, IReadOnlyDictionary<string, IPEndPoint>? served = null, FetchLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        _limits = limits ?? FetchLimits.Default;
        _time = time;
        _pace = new HostPace(pipeline.Politeness.Delay, pipeline.Politeness.PerHost, time);
        var guard = new AddressGuard(pipeline.AllowLoopback, served ?? new Dictionary<string, IPEndPoint>());
        _http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.None,
                ConnectCallback = guard.ConnectAsync,
                ConnectTimeout = _limits.Connect,
                MaxConnectionsPerServer = pipeline.Politeness.PerHost,
                MaxResponseHeadersLength = _limits.HeaderKibibytes,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                UseCookies = false,
                UseProxy = false,
            })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd($"{ProductToken}/1.0");
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue($"(annual report archive; {pipeline.Contact})"));
        _http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip, br");
        _http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-CN, zh;q=0.9");
        _retries = Retries();
        _timeout = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(_limits.Attempt).Build();
    }

    /// <param name="validators">Of the answer that is already archived; the server may then answer that nothing changed.</param>
    /// <param name="isAllowed">Asked before each request, redirects too; null lets all pass.</param>
    public async Task<FetchResult> FetchAsync(
        FetchRequest request,
        Validators validators,
        Func<Uri, CancellationToken, Task<FetchFault?>>? isAllowed,
        CancellationToken cancellation)
    {
        var attempts = 0;
        var result = await _retries.ExecuteAsync(
            async attempt =>
            {
                attempts++;
                return await FollowAsync(request, validators, isAllowed, attempt).ConfigureAwait(false);
            },
            cancellation).ConfigureAwait(false);
        return result with { Attempts = attempts };
    }

    /// <summary>Makes a host wait longer than the pipeline asks, e.g. because its robots.txt says so.</summary>
    public void Lengthen(string host, TimeSpan atLeast) => _pace.Lengthen(host, atLeast);

    public void Dispose()
    {
        _http.Dispose();
        _pace.Dispose();
    }

    private ResiliencePipeline<FetchResult> Retries() => new ResiliencePipelineBuilder<FetchResult> { TimeProvider = _time }
        .AddRetry(new RetryStrategyOptions<FetchResult>
        {
            MaxRetryAttempts = Math.Max(1, _limits.Retries),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = _limits.RetryDelay,
            MaxDelay = _limits.LongestWait,
            ShouldHandle = arguments => ValueTask.FromResult(
                _limits.Retries > 0
                && arguments.Outcome.Result is { Fault: { IsTransient: true } fault }
                && (fault.RetryAfter ?? TimeSpan.Zero) <= _limits.LongestWait),
            DelayGenerator = arguments => ValueTask.FromResult(arguments.Outcome.Result?.Fault?.RetryAfter),
        })
        .Build();

    private async Task<FetchResult> FollowAsync(
        FetchRequest request, Validators validators, Func<Uri, CancellationToken, Task<FetchFault?>>? isAllowed, CancellationToken cancellation)
    {
        var seen = new HashSet<string>();
        var current = request;
        while (true)
        {
            if (!seen.Add(current.Key))
                return FetchResult.Of(new FetchFault("redirect.loop", $"{request.Url}: expected a page, found a redirect back to {current.Url}"));
            if (seen.Count > _limits.Redirects + 1)
                return FetchResult.Of(new FetchFault("redirect.limit", $"{request.Url}: expected at most {_limits.Redirects} redirects, found more"));
            if (isAllowed is not null && await isAllowed(current.Url, cancellation).ConfigureAwait(false) is { } refusal)
                return FetchResult.Of(refusal);

            var (result, target) = await AttemptAsync(current, validators, cancellation).ConfigureAwait(false);
            if (target is null)
                return result;
            if (target.Scheme != Uri.UriSchemeHttp && target.Scheme != Uri.UriSchemeHttps)
            {
                return FetchResult.Of(
                    new FetchFault("redirect.target", $"{request.Url}: expected a redirect to http or https, found {target}"), result.HttpStatus);
            }

            // 307 and 308 repeat the form, the older ones turn it into a GET.
            var form = result.HttpStatus is 307 or 308 && target.Host == current.Url.Host ? current.Form : null;
            current = new FetchRequest(target, form);
        }
    }

    /// <summary>One request and its answer, within the time of one attempt; every fault becomes a result.</summary>
    private async Task<(FetchResult Result, Uri? Redirect)> AttemptAsync(FetchRequest request, Validators validators, CancellationToken cancellation)
    {
        // Waiting for a turn is politeness, not slowness: the time of the attempt begins behind it.
        using var turn = await _pace.EnterAsync(request.Url.IdnHost, cancellation).ConfigureAwait(false);
        try
        {
            var (result, target) = await _timeout.ExecuteAsync(
                async limited =>
                {
                    using var message = Message(request, validators);
                    using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limited).ConfigureAwait(false);
                    return await ResponseReader.ReadAsync(request.Url, response, _limits.BodyBytes, _time, limited).ConfigureAwait(false);
                },
                cancellation).ConfigureAwait(false);
            if (result.Fault?.RetryAfter is { } wait && wait <= _limits.LongestWait)
                _pace.Pause(request.Url.IdnHost, wait);
            return (result, target);
        }
        catch (TimeoutRejectedException)
        {
            return (FetchResult.Of(new FetchFault(
                "timeout", $"{request.Url}: expected an answer within {_limits.Attempt.TotalSeconds:0.#} s, found none", IsTransient: true)), null);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException)
        {
            return (FetchResult.Of(FaultNames.Of(request.Url, exception)), null);
        }
    }

    private static HttpRequestMessage Message(FetchRequest request, Validators validators)
    {
        var message = new HttpRequestMessage(request.Form is null ? HttpMethod.Get : HttpMethod.Post, request.Url);
        if (request.Form is not null)
            message.Content = new StringContent(request.Form, Encoding.ASCII, "application/x-www-form-urlencoded");
        // As the server sent them: many send tags that are no tags by the standard.
        if (validators.ETag is not null)
            message.Headers.TryAddWithoutValidation("If-None-Match", validators.ETag);
        if (validators.LastModified is not null)
            message.Headers.IfModifiedSince = validators.LastModified;
        return message;
    }

    internal static bool IsKept(string header) => KeptHeaders.Contains(header);
}
