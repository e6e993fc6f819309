using System.Collections.Concurrent;

namespace EtlWarehouse.IntegrationTests.Crawling;

/// <summary>
/// A clock on which waiting costs no time: a timer shorter than a limit fires at once and the clock jumps; longer
/// ones, the time-outs, run as they do.
/// </summary>
/// <param name="startsAt">What it shows at first; null for the time it is.</param>
internal sealed class EagerTime(TimeSpan jumpsBelow, DateTimeOffset? startsAt = null) : TimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> _waits = new();
    private long _ahead = startsAt is { } start ? (start - DateTimeOffset.UtcNow).Ticks : 0;

    /// <summary>What was waited for, in order.</summary>
    public IReadOnlyList<TimeSpan> Waits => [.. _waits];

    /// <summary>Lets time pass in which nothing happens.</summary>
    public void Pass(TimeSpan time) => Interlocked.Add(ref _ahead, time.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime <= TimeSpan.Zero || dueTime >= jumpsBelow)
            return base.CreateTimer(callback, state, dueTime, period);

        _waits.Enqueue(dueTime);
        Interlocked.Add(ref _ahead, dueTime.Ticks);
        return base.CreateTimer(callback, state, TimeSpan.FromMilliseconds(1), period);
    }
}
