using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using EtlWarehouse.Fuzzing;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Forms;
using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.Benchmarks.Scans;

/// <summary>How many numbers of scanned reports are published, and how many of these are wrong, which none may be.</summary>
internal static class ScanBenchmark
{
    private const int Reports = 30;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    /// <param name="arguments"><c>--reports N</c> over all forms, <c>--first N</c> of each form to begin with, so that a run
    /// can be done in parts, and <c>--form CODE</c> for one form only.</param>
    /// <returns>Exit code: 1 where a wrong number was published or nothing could be read.</returns>
    public static async Task<int> RunAsync(string root, string[] arguments, CancellationToken ct)
    {
        if (ScannedReports.Missing() is { Count: > 0 } missing)
        {
            await Console.Error.WriteLineAsync($"ocr: expected programs that print and read scans, found none; install {string.Join(' ', missing)}");
            return 1;
        }

        var reference = ReferenceData.Load(Path.Combine(root, "pipelines"));
        var forms = reference.Forms.OrderBy(form => form.Code, StringComparer.Ordinal)
            .Where(form => Option(arguments, "--form") is not { } only || form.Code == only).ToList();
        var first = int.Parse(Option(arguments, "--first") ?? "0", CultureInfo.InvariantCulture);
        var each = int.Parse(Option(arguments, "--reports") ?? $"{Reports / reference.Forms.Count * forms.Count}", CultureInfo.InvariantCulture) / Math.Max(1, forms.Count);
        var left = new ConcurrentQueue<(FormDefinition Form, int Number)>(Enumerable.Range(first, each).SelectMany(number => forms.Select(form => (form, number))));
        var scores = forms.ToDictionary(form => form.Code, form => new ScanScore(form.Code));
        var scans = new ConcurrentDictionary<string, ScannedReport>();
        using var scanner = new ScannedReports();
        var press = new Lock();
        await ReaderProcess<ScanLine>.AskAllAsync(
            () => new ReaderProcess<ScanLine>("ocr-worker"),
            () =>
            {
                // One printer; the scans are read side by side.
                lock (press)
                {
                    if (!left.TryDequeue(out var next))
                        return null;
                    var scan = Scan(scanner, next.Form, next.Number);
                    scans[scan.File] = scan;
                    return scan.File;
                }
            },
            (file, line) =>
            {
                var scan = scans[file];
                lock (scores)
                    scores[scan.Form].Add(scan, line);
                File.Delete(file);
            },
            Patience,
            ct);

        var total = new ScanScore("all");
        foreach (var score in scores.Values)
        {
            Console.WriteLine($"ocr: {score}");
            total.Add(score);
        }

        Console.WriteLine($"ocr: {total}");
        return total is { Wrong: 0, Published: > 0 } ? 0 : 1;
    }

    /// <summary>The process that reads: files of scans come in.</summary>
    public static int Serve(string root)
    {
        var reader = new ReportReader(ReferenceData.Load(Path.Combine(root, "pipelines")));
        return ReaderProcess<ScanLine>.Serve(file =>
        {
            var source = new SourceDocument(File.ReadAllBytes(file), "scan.pdf");
            using var children = new ChildMemory();
            var before = PeakMemory.Start();
            var start = Stopwatch.GetTimestamp();
            var result = reader.Read(source);
            var elapsed = Stopwatch.GetElapsedTime(start);
            return new ScanLine(
                result.Refusal is { } refusal ? $"{refusal.Code}: {refusal.Message}" : null,
                result.Report?.Identity.Form,
                result.Report?.Identity.Year,
                [.. result.Report?.Cells.Select(cell => new ScannedCell(cell.Code, cell.State, cell.Value, cell.Locator)) ?? []],
                elapsed, PeakMemory.GrowthSince(before), children.Peak);
        });
    }

    private static ScannedReport Scan(ScannedReports scanner, FormDefinition form, int number)
    {
        var random = new Random((number * 7919) + form.FromYear);
        var faults = ScanFaults.Usual[(number + form.FromYear) % ScanFaults.Usual.Count];
        var values = ScannedReports.Values(form, number % 3 == 0 ? 0.04 : 0.4, random);
        var year = form.ToYear ?? 2024;
        var (pdf, pages) = scanner.Scan(ScannedReports.Page(form, values, year, random), faults, random);
        return new ScannedReport(scanner.Keep(pdf, $"{form.Code}-{number}.pdf"), form.Code, year, $"form {form.Code} report {number} ({faults})", pages, values, form.Checks.Where(check => check.Status.StartsWith("official", StringComparison.Ordinal)).SelectMany(check => check.Left.Concat(check.Right)).ToHashSet());
    }

    private static string? Option(string[] arguments, string name)
    {
        var at = Array.IndexOf(arguments, name);
        return at < 0 ? null : arguments.ElementAtOrDefault(at + 1);
    }
}

/// <summary>A scan and what was printed on it.</summary>
/// <param name="Values">By cell; all cells of the form.</param>
/// <param name="Confirmable">The cells that stand in an equation; no other is ever published.</param>
internal sealed record ScannedReport(
    string File, string Form, int Year, string Name, int Pages, IReadOnlyDictionary<string, decimal> Values, IReadOnlySet<string> Confirmable);

/// <summary>What was read of one scan.</summary>
/// <param name="Refusal">Null where it was read.</param>
/// <param name="Growth">Bytes of memory that reading took at its peak in our own process.</param>
/// <param name="Children">The same of the largest program that it started.</param>
internal sealed record ScanLine(string? Refusal, string? Form, int? Year, IReadOnlyList<ScannedCell> Cells, TimeSpan Elapsed, long Growth, long Children);

internal sealed record ScannedCell(string Code, CellState State, decimal? Value, string? Locator);
