using System.Diagnostics;
using System.Globalization;
using EtlWarehouse.Parsing.Documents.Pdf;

namespace EtlWarehouse.Benchmarks;

/// <summary>PDF pages to blocks against <c>mutool draw -F trace</c> alone over the same file of many pages, in turns.</summary>
internal sealed class PdfBenchmark(string root, int rounds)
{
    private const double Goal = 1.5;
    private const int Copies = 20;

    /// <returns>Exit code: 1 when the goal is missed.</returns>
    public int Run()
    {
        var folder = Directory.CreateTempSubdirectory("etl-bench-");
        try
        {
            var report = Path.Combine(root, "tests", "fixtures", "documents", "qinghe-sfj-2024.strokes.pdf");
            var file = Path.Combine(folder.FullName, "many.pdf");
            Mutool(["merge", "-o", file, .. Enumerable.Repeat(report, Copies)]);
            var bytes = File.ReadAllBytes(file);

            List<double> mutool = [], ours = [];
            var pages = 0;
            for (var round = 0; round <= rounds; round++)
            {
                var alone = Time(() => pages = Mutool(["draw", "-q", "-F", "trace", file]));
                var whole = Time(() => PdfDocument.Read(bytes));
                if (round == 0)
                    continue;
                mutool.Add(alone);
                ours.Add(whole);
            }

            var ratio = Median([.. ours.Zip(mutool, (whole, alone) => whole / alone)]);
            using var self = Process.GetCurrentProcess();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"pdf: {pages} pages; mutool alone {pages / Median(mutool):0} pages/s, to blocks and grids {pages / Median(ours):0} pages/s; time ratio {ratio:0.00} (goal {Goal:0.0}); peak memory {self.PeakWorkingSet64 >> 20} MiB"));
            return ratio <= Goal ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <returns>The pages that its output tells of.</returns>
    private static int Mutool(IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("mutool", arguments) { RedirectStandardOutput = true })!;
        var buffer = new byte[1 << 16];
        var (pages, output) = (0, process.StandardOutput.BaseStream);
        for (int read; (read = output.Read(buffer)) > 0;)
            pages += buffer.AsSpan(0, read).Count("</page>"u8);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"mutool: expected exit code 0, found {process.ExitCode}");
        return pages;
    }

    private static double Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
