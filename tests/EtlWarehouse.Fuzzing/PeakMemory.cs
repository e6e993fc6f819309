using System.Globalization;

namespace EtlWarehouse.Fuzzing;

/// <summary>The process's highest use of memory between two moments, as Linux counts it.</summary>
public static class PeakMemory
{
    /// <returns>Bytes in use now; the peak counts from here.</returns>
    public static long Start()
    {
        GC.Collect(2, GCCollectionMode.Aggressive);
        GC.WaitForPendingFinalizers();
        File.WriteAllText("/proc/self/clear_refs", "5");
        return Status("VmRSS:");
    }

    /// <returns>Bytes above those at the start.</returns>
    public static long GrowthSince(long start) => Math.Max(0, Status("VmHWM:") - start);

    private static long Status(string name) => long.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Trim().Split(' ')[0],
        CultureInfo.InvariantCulture) << 10;
}
