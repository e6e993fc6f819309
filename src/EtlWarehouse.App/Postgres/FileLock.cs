namespace EtlWarehouse.App.Postgres;

/// <summary>
/// A lock between processes on a file (flock). The kernel gives it back when the process ends in whatever way,
/// and child processes do not inherit it.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream stream;

    private FileLock(FileStream stream) => this.stream = stream;

    /// <returns>null while another process holds the lock in a way that excludes this one.</returns>
    public static FileLock? TryTake(string path, bool shared)
    {
        // .NET takes a shared flock for FileShare.Read and an exclusive one for FileShare.None, without waiting.
        try
        {
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.Read, shared ? FileShare.Read : FileShare.None));
        }
        catch (IOException held) when (held.GetType() == typeof(IOException) && File.Exists(path))
        {
            return null;
        }
    }

    /// <exception cref="PostgresSetupException">Another process kept it longer than <paramref name="patience"/>.</exception>
    public static async Task<FileLock> TakeAsync(string path, bool shared, TimeSpan patience, TimeProvider time, CancellationToken ct)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            if (TryTake(path, shared) is { } taken)
                return taken;
            if (time.GetElapsedTime(since) > patience)
                throw new PostgresSetupException($"{path}: another command has been starting or stopping PostgreSQL for {patience.TotalSeconds:0} s; see `fuser {path}`");
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, ct);
        }
    }

    public void Dispose() => stream.Dispose();
}
