using System.Collections.Concurrent;

namespace EtlWarehouse.Crawling.Fetching;

/// <summary>Keeps the distance between requests to one host, and their number at once, whoever asks.</summary>
/// <param name="delay">Least time between the starts of two requests.</param>
/// <param name="perHost">Most requests at once.</param>
internal sealed class HostPace(TimeSpan delay, int perHost, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lane> _lanes = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes a host wait longer than the pipeline asks, never shorter.</summary>
    public void Lengthen(string host, TimeSpan atLeast) => LaneOf(host).Lengthen(atLeast);

    /// <summary>Starts no request to a host for a while, because it asked for that.</summary>
    public void Pause(string host, TimeSpan wait) => LaneOf(host).Pause(time.GetUtcNow() + wait);

    /// <summary>Waits for a turn; dispose what is returned when the request is over.</summary>
    public async Task<IDisposable> EnterAsync(string host, CancellationToken cancellation)
    {
        var lane = LaneOf(host);
        await lane.Turns.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var wait = lane.Reserve(time.GetUtcNow());
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, time, cancellation).ConfigureAwait(false);
            return new Turn(lane);
        }
        catch
        {
            lane.Turns.Release();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var lane in _lanes.Values)
            lane.Turns.Dispose();
    }

    private Lane LaneOf(string host) => _lanes.GetOrAdd(host, _ => new Lane(delay, perHost));

    private sealed class Lane(TimeSpan delay, int perHost)
    {
        private readonly Lock _guard = new();
        private TimeSpan _delay = delay;
        private DateTimeOffset _next = DateTimeOffset.MinValue;

        public SemaphoreSlim Turns { get; } = new(perHost, perHost);

        public void Lengthen(TimeSpan atLeast)
        {
            lock (_guard)
                _delay = _delay > atLeast ? _delay : atLeast;
        }

        public void Pause(DateTimeOffset until)
        {
            lock (_guard)
                _next = _next > until ? _next : until;
        }

        /// <summary>Takes the next free start and says how far away it is.</summary>
        public TimeSpan Reserve(DateTimeOffset now)
        {
            lock (_guard)
            {
                var start = _next > now ? _next : now;
                _next = start + _delay;
                return start - now;
            }
        }
    }

    private sealed class Turn(Lane lane) : IDisposable
    {
        private Lane? _lane = lane;

        public void Dispose() => Interlocked.Exchange(ref _lane, null)?.Turns.Release();
    }
}
