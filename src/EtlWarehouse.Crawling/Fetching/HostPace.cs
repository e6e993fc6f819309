using System.Collections.Concurrent;
using EtlWarehouse.Crawling.Pipelines;

namespace EtlWarehouse.Crawling.Fetching;

/// <summary>
/// Keeps the distance between requests to one host and their number at once, whoever asks, and the same over all hosts.
/// Whoever waits sleeps; nothing polls.
/// </summary>
internal sealed class HostPace(Politeness politeness, TimeProvider time) : IDisposable
{
    // Timers fire late by some milliseconds; the common rate makes up for that, a host's distance never does.
    private static readonly TimeSpan Lateness = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<string, Lane> _lanes = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lane _all = new(TimeSpan.FromSeconds(1.0 / politeness.PerSecond), politeness.AtOnce, Lateness);

    /// <summary>Makes a host wait longer than the pipeline asks, never shorter.</summary>
    public void Lengthen(string host, TimeSpan atLeast) => LaneOf(host).Lengthen(atLeast);

    /// <summary>Starts no request to a host for a while, because it asked for that.</summary>
    public void Pause(string host, TimeSpan wait) => LaneOf(host).Pause(time.GetUtcNow() + wait);

    /// <summary>Waits for a turn; dispose what is returned when the request is over.</summary>
    public async Task<IDisposable> EnterAsync(string host, CancellationToken cancellation)
    {
        // First the host's turn, then the common one: who waits for a slow host must not keep others from theirs.
        return await EnterAsync(LaneOf(host), () => EnterAsync(_all, null, cancellation), cancellation).ConfigureAwait(false);
    }

    public void Dispose()
    {
        foreach (var lane in _lanes.Values.Append(_all))
            lane.Dispose();
    }

    private async Task<IDisposable> EnterAsync(Lane lane, Func<Task<IDisposable>>? further, CancellationToken cancellation)
    {
        await lane.Turns.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            // Starts follow one another, so that the distance lies between when they really begin.
            await lane.Starts.WaitAsync(cancellation).ConfigureAwait(false);
            try
            {
                while (lane.Wait(time.GetUtcNow()) is var wait && wait > TimeSpan.Zero)
                    await Task.Delay(wait, time, cancellation).ConfigureAwait(false);
                var inner = further is null ? null : await further().ConfigureAwait(false);
                lane.Begin(time.GetUtcNow());
                return new Turn(lane, inner);
            }
            finally
            {
                lane.Starts.Release();
            }
        }
        catch
        {
            lane.Turns.Release();
            throw;
        }
    }

    private Lane LaneOf(string host) => _lanes.GetOrAdd(host, _ => new Lane(politeness.Delay, politeness.PerHost, TimeSpan.Zero));

    private sealed class Lane(TimeSpan delay, int atOnce, TimeSpan lateness) : IDisposable
    {
        private readonly Lock _guard = new();
        private TimeSpan _delay = delay;
        private DateTimeOffset _next = DateTimeOffset.MinValue;

        public SemaphoreSlim Turns { get; } = new(atOnce, atOnce);

        public SemaphoreSlim Starts { get; } = new(1, 1);

        public void Lengthen(TimeSpan atLeast)
        {
            lock (_guard)
            {
                // Also for the request that waits already.
                if (atLeast > _delay && _next > DateTimeOffset.MinValue)
                    _next += atLeast - _delay;
                _delay = _delay > atLeast ? _delay : atLeast;
            }
        }

        public void Pause(DateTimeOffset until)
        {
            lock (_guard)
                _next = _next > until ? _next : until;
        }

        /// <summary>How far the next start is away, in whole milliseconds: timers cut off the rest and would be early.</summary>
        public TimeSpan Wait(DateTimeOffset now)
        {
            lock (_guard)
                return _next > now ? TimeSpan.FromMilliseconds(Math.Ceiling((_next - now).TotalMilliseconds)) : TimeSpan.Zero;
        }

        public void Begin(DateTimeOffset now)
        {
            lock (_guard)
                _next = (_next > now - lateness ? _next : now - lateness) + _delay;
        }

        public void Dispose()
        {
            Turns.Dispose();
            Starts.Dispose();
        }
    }

    private sealed class Turn(Lane lane, IDisposable? inner) : IDisposable
    {
        private Lane? _lane = lane;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _lane, null) is not { } left)
                return;
            inner?.Dispose();
            left.Turns.Release();
        }
    }
}
