using System.Diagnostics;
using System.Globalization;

namespace EtlWarehouse.Benchmarks;

/// <summary>A Python process that reads the same pages once a round and says how long a page took.</summary>
internal sealed class PandasTables : IDisposable
{
    private const string Script = """
        import io, resource, sys, time
        try:
            import lxml, pandas
        except ImportError:
            sys.exit(1)
        pages = [open(name, encoding='utf-8').read() for name in sys.argv[1:]]
        print('ready', flush=True)
        for line in sys.stdin:
            start = time.perf_counter()
            for page in pages:
                pandas.read_html(io.StringIO(page), flavor='lxml')
            print((time.perf_counter() - start) / len(pages), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, flush=True)
        """;

    private readonly Process process;

    private long peak;

    private PandasTables(Process process) => this.process = process;

    /// <summary>Null where Python or its modules are absent.</summary>
    public static PandasTables? Start(IEnumerable<string> files)
    {
        const string Python = "/usr/bin/python3";
        if (!File.Exists(Python))
            return null;
        var process = Process.Start(new ProcessStartInfo(Python, ["-c", Script, .. files]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        if (process.StandardOutput.ReadLine() == "ready")
            return new PandasTables(process);
        process.Dispose();
        return null;
    }

    /// <returns>Seconds for a page.</returns>
    public double Round()
    {
        process.StandardInput.WriteLine();
        process.StandardInput.Flush();
        var answer = process.StandardOutput.ReadLine()?.Split(' ') ?? throw new InvalidOperationException("expected a time from pandas, found the end of its output");
        peak = long.Parse(answer[1], CultureInfo.InvariantCulture) << 10;
        return double.Parse(answer[0], CultureInfo.InvariantCulture);
    }

    /// <returns>Bytes, after the last round.</returns>
    public long PeakMemory() => peak;

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
