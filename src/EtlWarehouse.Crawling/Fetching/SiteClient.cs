using System.Net;
using EtlWarehouse.Crawling.Pipelines;
using Polly;
using Polly.Retry;

namespace EtlWarehouse.Crawling.Fetching;

/// <summary>
/// Fetches politely and within bounds: in the pipeline's hours, paced per host and over all, never a host that does not
/// want it, only where <see cref="AddressGuard"/> lets it, with retries of transient faults only. Every end of a fetch
/// is a result; only a cancelled one throws.
/// </summary>
public sealed class SiteClient : IDisposable
{
    /// <summary>The name by which robots.txt can address this crawler.</summary>
    public const string ProductToken = "EtlWarehouse";

    private readonly CrawlPipeline _pipeline;
    private readonly TimeZoneInfo _zone;
    private readonly HostPace _pace;
    private readonly HostBreakers _breakers;
    private readonly RequestSender _sender;
    private readonly FetchLimits _limits;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline<FetchResult> _retries;

    /// <param name="served">Hosts that this program serves itself, with where it does; null for none.</param>
    /// <param name="limits">Null for <see cref="FetchLimits.Default"/>.</param>
    public SiteClient(
        CrawlPipeline pipeline, TimeProvider time, IReadOnlyDictionary<string, IPEndPoint>? served = null, FetchLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        _limits = limits ?? FetchLimits.Default;
        _pipeline = pipeline;
        _zone = pipeline.Zone;
        _time = time;
        _pace = new HostPace(pipeline.Politeness, time);
        _breakers = new HostBreakers(_limits, time);
        _sender = new RequestSender(pipeline, time, served ?? new Dictionary<string, IPEndPoint>(), _limits);
        _retries = Retries();
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
        var hops = new List<FetchHop>();
        var result = await _retries.ExecuteAsync(
            async attempt =>
            {
                var before = hops.Count;
                var end = await FollowAsync(request, validators, isAllowed, hops, attempt).ConfigureAwait(false);
                attempts += hops.Count > before ? 1 : 0;
                return end;
            },
            cancellation).ConfigureAwait(false);
        // Only behind the last retry: what a server gives the second time is no wall.
        if (result.Fault is { Reach: FaultReach.Night, Host: { } host })
            await _breakers.CloseAsync(host, result.Fault, cancellation).ConfigureAwait(false);
        return result with { Attempts = attempts, Hops = hops };
    }

    /// <summary>Makes a host wait longer than the pipeline asks, e.g. because its robots.txt says so.</summary>
    public void Lengthen(string host, TimeSpan atLeast) => _pace.Lengthen(host, atLeast);

    /// <summary>Leaves a host alone, because an earlier run of this night met a wall there.</summary>
    internal Task CloseAsync(string host, FetchFault wall, CancellationToken cancellation) => _breakers.CloseAsync(host, wall, cancellation);

    public void Dispose()
    {
        _sender.Dispose();
        _breakers.Dispose();
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
        FetchRequest request, Validators validators, Func<Uri, CancellationToken, Task<FetchFault?>>? isAllowed,
        List<FetchHop> hops, CancellationToken cancellation)
    {
        var seen = new HashSet<string>();
        var current = request;
        while (true)
        {
            if (!seen.Add(current.Key))
                return FetchResult.Of(new FetchFault("redirect.loop", $"{request.Url}: expected a page, found a redirect back to {current.Url}"));
            if (seen.Count > _limits.Redirects + 1)
                return FetchResult.Of(new FetchFault("redirect.limit", $"{request.Url}: expected at most {_limits.Redirects} redirects, found more"));
            if (Refusal(current.Url) is { } refusal)
                return FetchResult.Of(refusal);
            if (isAllowed is not null && await isAllowed(current.Url, cancellation).ConfigureAwait(false) is { } forbidden)
                return FetchResult.Of(forbidden);

            var (result, target, hop) = await AttemptAsync(current, validators, cancellation).ConfigureAwait(false);
            if (hop is not null)
                hops.Add(hop);
            if (target is null)
                return result;
            if (!IsWeb(target))
            {
                return FetchResult.Of(
                    new FetchFault("redirect.target", $"{request.Url}: expected a redirect to http or https, found {target.Scheme}:"), result.HttpStatus);
            }

            // 307 and 308 repeat the form, the older ones turn it into a GET; what was meant for one server is not told another.
            var isSame = target.GetLeftPart(UriPartial.Authority) == current.Url.GetLeftPart(UriPartial.Authority);
            current = new FetchRequest(target, result.HttpStatus is 307 or 308 && isSame ? current.Form : null, request.IsRobots);
            validators = isSame ? validators : Validators.None;
        }
    }

    /// <summary>One request in its turn; the window may close, or the host be closed, while it waits.</summary>
    private async Task<Attempt> AttemptAsync(FetchRequest request, Validators validators, CancellationToken cancellation)
    {
        var host = request.Url.IdnHost;
        // Waiting for a turn is politeness, not slowness: the time of the attempt begins behind it.
        using var turn = await _pace.EnterAsync(host, cancellation).ConfigureAwait(false);
        if (Refusal(request.Url) is { } refusal)
            return new Attempt(FetchResult.Of(refusal), null, null);

        var attempt = await _breakers.SendAsync(request.Url, limited => _sender.SendAsync(request, validators, limited), cancellation).ConfigureAwait(false);
        if (attempt.Result.Fault?.RetryAfter is { } wait && wait <= _limits.LongestWait)
            _pace.Pause(host, wait);
        return attempt;
    }

    /// <returns>Why an address is not to be asked now; null where it may be.</returns>
    private FetchFault? Refusal(Uri url)
    {
        if (!IsWeb(url))
            return new FetchFault("url.scheme", $"{url.Scheme}: expected an address of http or https, found another");
        if (url.UserInfo.Length > 0)
            return new FetchFault("url.credentials", $"{url.GetComponents(UriComponents.SchemeAndServer | UriComponents.PathAndQuery, UriFormat.UriEscaped)}: expected an address without credentials, found some");
        if (_pipeline.Window is { } window && !window.Contains(TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(_time.GetUtcNow(), _zone).DateTime)))
        {
            return new FetchFault("window.closed", $"{url}: expected a time from {window} ({_pipeline.TimeZone}), found another; the next night goes on")
            {
                Reach = FaultReach.Host,
                Host = url.IdnHost,
            };
        }

        return _breakers.Refusal(url);
    }

    private static bool IsWeb(Uri url) => url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps;
}
