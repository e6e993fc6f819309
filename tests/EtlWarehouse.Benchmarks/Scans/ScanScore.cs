using System.Globalization;
using EtlWarehouse.Parsing;

namespace EtlWarehouse.Benchmarks.Scans;

/// <summary>Counts over the scans of a form.</summary>
internal sealed class ScanScore(string name)
{
    private int reports;
    private int pages;
    private int refused;
    private int cells;
    private int nonZero;
    private int confirmable;
    private int nonZeroPublished;
    private int unreadable;
    private TimeSpan time;
    private long growth;
    private long children;

    public int Wrong { get; private set; }

    public int Published { get; private set; }

    /// <param name="line">Null where the process that read it died or did not answer.</param>
    public void Add(ScannedReport scan, ScanLine? line)
    {
        reports++;
        pages += scan.Pages;
        cells += scan.Values.Count;
        nonZero += scan.Values.Values.Count(value => value != 0);
        confirmable += scan.Values.Count(cell => cell.Value != 0 && scan.Confirmable.Contains(cell.Key));
        if (line is null || line.Refusal is not null)
        {
            refused++;
            Console.WriteLine($"ocr: {scan.Name}: {(line is null ? "died or did not end" : $"refused, {line.Refusal}")}");
            time += line?.Elapsed ?? TimeSpan.Zero;
            return;
        }

        var isOther = line.Form != scan.Form || line.Year != scan.Year;
        var reported = line.Cells.Where(cell => cell.State == CellState.Reported).ToList();
        var right = reported.Where(cell => !isOther && scan.Values.TryGetValue(cell.Code, out var printed) && printed == cell.Value).ToList();
        foreach (var cell in reported.Except(right))
            Print($"ocr: {scan.Name}: {cell.Code}: printed {scan.Values.GetValueOrDefault(cell.Code)} in {scan.Year}, published {cell.Value} in {line.Year} at {cell.Locator}");
        // A blank or a dash that nobody printed is a wrong state, which is as bad.
        var invented = line.Cells.Where(cell => cell.State is CellState.Blank or CellState.NotApplicable).ToList();
        foreach (var cell in invented)
            Print($"ocr: {scan.Name}: {cell.Code}: printed {scan.Values.GetValueOrDefault(cell.Code)}, taken for {cell.State} at {cell.Locator}");
        var rightNonZero = right.Count(cell => cell.Value != 0);
        (time, growth, children) = (time + line.Elapsed, Math.Max(growth, line.Growth), Math.Max(children, line.Children));
        (Wrong, Published) = (Wrong + reported.Count - right.Count + invented.Count, Published + right.Count);
        nonZeroPublished += rightNonZero;
        unreadable += line.Cells.Count(cell => cell.State == CellState.Unreadable);
        Print($"ocr: {scan.Name}: {rightNonZero} of {scan.Values.Values.Count(value => value != 0)} that are not zero, {right.Count} of {scan.Values.Count} in all; {line.Elapsed.TotalSeconds:0.0} s for {scan.Pages} pages, {line.Growth >> 20} MiB, children {line.Children >> 20} MiB");
    }

    public void Add(ScanScore other)
    {
        (reports, pages, refused, cells, nonZero) = (reports + other.reports, pages + other.pages, refused + other.refused, cells + other.cells, nonZero + other.nonZero);
        (Published, nonZeroPublished, unreadable, time) = (Published + other.Published, nonZeroPublished + other.nonZeroPublished, unreadable + other.unreadable, time + other.time);
        confirmable += other.confirmable;
        (Wrong, growth, children) = (Wrong + other.Wrong, Math.Max(growth, other.growth), Math.Max(children, other.children));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{name}: {reports} reports, {pages} pages; {Wrong} wrong values published; {nonZeroPublished} of {nonZero} cells that are not zero published ({100.0 * nonZeroPublished / Math.Max(1, nonZero):0.0} %; of the {confirmable} in an equation {100.0 * nonZeroPublished / Math.Max(1, confirmable):0.0} %), {Published} of {cells} in all ({100.0 * Published / Math.Max(1, cells):0.0} %); {unreadable} unreadable; {refused} reports refused; {time.TotalSeconds / Math.Max(1, pages):0.0} s a page; at most {growth >> 20} MiB, a child {children >> 20} MiB");

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
