using System.Globalization;

namespace EtlWarehouse.Benchmarks.Scans;

/// <summary>Watches how much memory the programs take that this process starts, as Linux counts their peak.</summary>
internal sealed class ChildMemory : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Timer timer;

    private long peak;

    public ChildMemory() => timer = new Timer(_ => Look(), null, Interval, Interval);

    /// <summary>Bytes of the largest one that was seen; those that end within the interval may be missed.</summary>
    public long Peak => Interlocked.Read(ref peak);

    public void Dispose()
    {
        using var stopped = new ManualResetEvent(false);
        if (timer.Dispose(stopped))
            stopped.WaitOne();
    }

    private void Look()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            try
            {
                var status = File.ReadAllLines(Path.Combine(folder, "status"));
                if (Number(status, "PPid:") == Environment.ProcessId)
                    Interlocked.Exchange(ref peak, Math.Max(Peak, Number(status, "VmHWM:") << 10));
            }
            catch (IOException)
            {
                // It has ended.
            }
        }
    }

    private static long Number(string[] status, string name) =>
        status.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
            ? long.Parse(line[name.Length..].Trim().Split(' ')[0], CultureInfo.InvariantCulture)
            : 0;
}
