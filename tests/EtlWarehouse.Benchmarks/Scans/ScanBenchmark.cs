using System.Diagnostics;
using System.Globalization;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.Benchmarks.Scans;

/// <summary>How many numbers of scanned reports are published, and how many of these are wrong, which none may be.</summary>
internal sealed class ScanBenchmark(string root)
{
    private const int Reports = 30;

    private static readonly ScanFaults[] Faults =
    [
        new(300, 0, 4, 90, 0), new(300, 1.5f, 10, 60, 0.2f), new(200, 0.3f, 6, 75, 0), new(200, -1.0f, 12, 50, 0.2f),
        new(200, 2.6f, 8, 70, 0.1f), new(150, 0, 4, 80, 0), new(150, -0.6f, 10, 60, 0.1f), new(150, 2.0f, 14, 40, 0.3f),
    ];

    /// <returns>Exit code: 1 where a wrong number was published.</returns>
    public int Run()
    {
        if (ScannedReports.Missing() is { Count: > 0 } missing)
        {
            Console.Error.WriteLine($"ocr: expected programs that print and read scans, found none; install {string.Join(' ', missing)}");
            return 1;
        }

        var reference = ReferenceData.Load(Path.Combine(root, "pipelines"));
        var reader = new ReportReader(reference);
        using var scanner = new ScannedReports();
        var total = new Score();
        foreach (var form in reference.Forms.OrderBy(form => form.Code, StringComparer.Ordinal))
        {
            var score = new Score();
            for (var number = 0; number < Reports / reference.Forms.Count; number++)
            {
                var random = new Random((number * 7919) + form.FromYear);
                var faults = Faults[(number + form.FromYear) % Faults.Length];
                var values = ScannedReports.Values(form, number % 3 == 0 ? 0.04 : 0.4, random);
                var (pdf, pages) = scanner.Scan(ScannedReports.Page(form, values, form.ToYear ?? 2024, random), faults, random);
                var start = Stopwatch.GetTimestamp();
                var result = reader.Read(new SourceDocument(pdf, "scan.pdf"));
                score.Add(result, values, pages, Stopwatch.GetElapsedTime(start).TotalSeconds, $"form {form.Code} report {number} ({faults})", form.Code);
            }

            Console.WriteLine($"ocr: form {form.Code}: {score}");
            total.Add(score);
        }

        Console.WriteLine($"ocr: all: {total}");
        return total.Wrong == 0 ? 0 : 1;
    }

    private sealed class Score
    {
        private int reports;
        private int pages;
        private int refused;
        private int cells;
        private int nonZero;
        private int published;
        private int nonZeroPublished;
        private int unreadable;
        private double seconds;

        public int Wrong { get; private set; }

        public void Add(ReadResult result, Dictionary<string, decimal> values, int pageCount, double time, string name, string form)
        {
            reports++;
            pages += pageCount;
            seconds += time;
            cells += values.Count;
            nonZero += values.Values.Count(value => value != 0);
            if (result.Report is not { } report)
            {
                refused++;
                Console.WriteLine($"ocr: {name}: refused, {result.Refusal!.Code}: {result.Refusal.Message}");
                return;
            }

            var reported = report.Cells.Where(cell => cell.State == CellState.Reported).ToList();
            var right = reported.Where(cell => report.Identity.Form == form && values.GetValueOrDefault(cell.Code, decimal.MinValue) == cell.Value).ToList();
            foreach (var cell in reported.Except(right))
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ocr: {name}: {cell.Code}: printed {values.GetValueOrDefault(cell.Code)}, published {cell.Value} at {cell.Locator}"));
            // A blank or a dash that nobody printed is a wrong state, which is as bad.
            var invented = report.Cells.Where(cell => cell.State is CellState.Blank or CellState.NotApplicable).ToList();
            foreach (var cell in invented)
                Console.WriteLine($"ocr: {name}: {cell.Code}: printed {values.GetValueOrDefault(cell.Code)}, taken for {cell.State} at {cell.Locator}");
            Wrong += reported.Count - right.Count + invented.Count;
            published += right.Count;
            nonZeroPublished += right.Count(cell => cell.Value != 0);
            unreadable += report.Cells.Count(cell => cell.State == CellState.Unreadable);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ocr: {name}: {right.Count} of {values.Count} published, {time:0.0} s for {pageCount} pages"));
        }

        public void Add(Score other)
        {
            (reports, pages, refused, cells, nonZero) = (reports + other.reports, pages + other.pages, refused + other.refused, cells + other.cells, nonZero + other.nonZero);
            (published, nonZeroPublished, unreadable, seconds) = (published + other.published, nonZeroPublished + other.nonZeroPublished, unreadable + other.unreadable, seconds + other.seconds);
            Wrong += other.Wrong;
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"{reports} reports, {pages} pages; {Wrong} wrong values published; {nonZeroPublished} of {nonZero} non-zero cells published ({100.0 * nonZeroPublished / Math.Max(1, nonZero):0.0} %), {published} of {cells} in all; {unreadable} unreadable; {refused} reports refused; {seconds / Math.Max(1, pages):0.0} s a page");
    }
}
