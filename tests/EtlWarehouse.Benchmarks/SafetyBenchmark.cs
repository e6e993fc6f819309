using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using EtlWarehouse.Fuzzing;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.Benchmarks;

/// <summary>Reads documents made to cost time or memory, each in a process of its own, and prints what they cost.</summary>
internal static class SafetyBenchmark
{
    private const long MostGrowth = 64L << 20;

    private static readonly TimeSpan Slowest = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <param name="names">Words of the documents' names; all where there are none.</param>
    public static async Task<int> RunAsync(string[] names, CancellationToken ct)
    {
        var left = new ConcurrentQueue<string>(HostileDocuments.Names.Where(name => names.Length == 0 || names.Any(word => name.Contains(word, StringComparison.Ordinal))));
        var missed = 0;
        Print($"{"document",-32}{"KiB",8}{"seconds",9}{"MiB beside it",14}  ending");
        await ReaderProcess<HostileLine>.AskAllAsync(
            () => new ReaderProcess<HostileLine>("safety-worker"),
            () => left.TryDequeue(out var name) ? name : null,
            (name, line) =>
            {
                if (line is null || line.Elapsed > Slowest || line.Growth > MostGrowth)
                    Interlocked.Increment(ref missed);
                if (line is null)
                    Print($"{name,-32} died or did not end within {Patience.TotalSeconds} s");
                else
                    Print($"{name,-32}{line.Bytes >> 10,8}{line.Elapsed.TotalSeconds,9:0.0}{line.Growth >> 20,14}  {line.Ending}{(line.Elapsed > Slowest ? " SLOW" : "")}{(line.Growth > MostGrowth ? " LARGE" : "")}");
            },
            Patience,
            ct);
        Print($"safety: {missed} beyond {Slowest.TotalSeconds} s or {MostGrowth >> 20} MiB beside the document");
        return missed == 0 ? 0 : 1;
    }

    /// <summary>The process that reads: names come in.</summary>
    public static int Serve(string root)
    {
        var reader = new ReportReader(ReferenceData.Load(Path.Combine(root, "pipelines")));
        // What the first document costs once is not its own.
        reader.Read(new SourceDocument("<html><table><tr><td>1</td></tr></table>"u8.ToArray(), "first"));
        return ReaderProcess<HostileLine>.Serve(name =>
        {
            var bytes = HostileDocuments.Make(name);
            var before = PeakMemory.Start();
            var start = Stopwatch.GetTimestamp();
            var result = reader.Read(new SourceDocument(bytes, name));
            var elapsed = Stopwatch.GetElapsedTime(start);
            return new HostileLine(bytes.Length, elapsed, Math.Max(0, PeakMemory.GrowthSince(before) - bytes.Length), result.Refusal is { } refusal ? $"{refusal.Code}: {refusal.Message}" : "read");
        });
    }

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}

/// <summary>What became of one document.</summary>
/// <param name="Growth">Bytes of memory that reading took at its peak, the document's own size not counted.</param>
internal sealed record HostileLine(long Bytes, TimeSpan Elapsed, long Growth, string Ending);
