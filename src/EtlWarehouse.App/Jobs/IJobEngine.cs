namespace EtlWarehouse.App.Jobs;

/// <summary>
/// What wakes jobs: at once and at least once each, or again and again, on one of the nodes that share a database. It knows nothing of the
/// work; what is to be done and whether it was done stands in <c>ops</c>. Two engines stand behind it, see docs/adr/0016.
/// </summary>
public interface IJobEngine : IAsyncDisposable
{
    /// <summary>Takes part from now on. <paramref name="handlers"/> are all jobs by name; they get the argument they were asked for with.</summary>
    Task StartAsync(IReadOnlyDictionary<string, Func<string, CancellationToken, Task>> handlers, CancellationToken ct);

    /// <summary>Asks for a job once. Asked again with the same argument before it began, it is one job.</summary>
    Task EnqueueAsync(string job, string argument, CancellationToken ct);

    /// <summary>Asks for a job again and again, on one node each time, never beside itself; replaces what was asked under this name.</summary>
    Task RecurringAsync(string job, TimeSpan every, CancellationToken ct);

    /// <summary>Takes no more jobs, and waits for those under way; what is not over within the bound is cancelled and comes back.</summary>
    Task StopAsync(TimeSpan bound);
}
