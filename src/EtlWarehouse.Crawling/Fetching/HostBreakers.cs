using System.Collections.Concurrent;
using Polly;
using Polly.CircuitBreaker;

namespace EtlWarehouse.Crawling.Fetching;

/// <summary>One circuit breaker a host: opened for the night by a wall, and for half an hour where nothing but faults comes.</summary>
internal sealed class HostBreakers(FetchLimits limits, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(30);

    private readonly ConcurrentDictionary<string, Breaker> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Leaves a host alone from now on.</summary>
    public async Task CloseAsync(string host, FetchFault wall, CancellationToken cancellation)
    {
        var breaker = BreakerOf(host);
        breaker.Wall ??= wall;
        await breaker.Control.IsolateAsync(cancellation).ConfigureAwait(false);
    }

    /// <returns>Why a host is not to be asked now; null where it may be.</returns>
    public FetchFault? Refusal(Uri url)
    {
        if (!_hosts.TryGetValue(url.IdnHost, out var breaker))
            return null;
        return breaker.State.CircuitState switch
        {
            CircuitState.Isolated => breaker.Wall! with { IsTransient = false, RetryAfter = null },
            // Polly closes it by the next request, which nobody shall have to wait for in vain.
            CircuitState.Open when time.GetUtcNow() < breaker.OpenUntil => Failing(url),
            _ => null,
        };
    }

    /// <summary>Sends one request through its host's breaker, which counts how it ends.</summary>
    public async Task<Attempt> SendAsync(Uri url, Func<CancellationToken, ValueTask<Attempt>> send, CancellationToken cancellation)
    {
        var breaker = BreakerOf(url.IdnHost);
        try
        {
            return await breaker.Pipeline.ExecuteAsync(send, cancellation).ConfigureAwait(false);
        }
        catch (BrokenCircuitException)
        {
            // Another request opened it between the question and now.
            return new Attempt(FetchResult.Of(Refusal(url) ?? Failing(url)), null, null);
        }
    }

    public void Dispose() => _hosts.Clear();

    private FetchFault Failing(Uri url) => new(
        "host.failing", $"{url}: expected its host to answer, found {limits.FailingAttempts} or more attempts in half an hour that all failed")
    {
        Reach = FaultReach.Host,
        Host = url.IdnHost,
    };

    private Breaker BreakerOf(string host) => _hosts.GetOrAdd(host, _ => new Breaker(limits, time));

    private sealed class Breaker
    {
        public Breaker(FetchLimits limits, TimeProvider time) => Pipeline = new ResiliencePipelineBuilder<Attempt> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<Attempt>
            {
                FailureRatio = 1,
                MinimumThroughput = Math.Max(2, limits.FailingAttempts),
                SamplingDuration = Memory,
                BreakDuration = Memory,
                ManualControl = Control,
                StateProvider = State,
                OnOpened = _ =>
                {
                    OpenUntil = time.GetUtcNow() + Memory;
                    return ValueTask.CompletedTask;
                },
                ShouldHandle = outcome => ValueTask.FromResult(outcome.Outcome.Result?.Result.Fault is { IsTransient: true }),
            })
            .Build();

        public CircuitBreakerManualControl Control { get; } = new();

        public CircuitBreakerStateProvider State { get; } = new();

        public ResiliencePipeline<Attempt> Pipeline { get; }

        public FetchFault? Wall { get; set; }

        public DateTimeOffset OpenUntil { get; private set; }
    }
}

/// <summary>One request, how it ended, and where it leads on.</summary>
/// <param name="Hop">Null where nothing was sent.</param>
internal sealed record Attempt(FetchResult Result, Uri? Redirect, FetchHop? Hop);
