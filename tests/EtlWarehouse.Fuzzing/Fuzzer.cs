using System.Diagnostics;
using System.Globalization;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Checks;
using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.Fuzzing;

/// <summary>Makes damaged documents and holds what is read from them against what the sound ones say.</summary>
public sealed class Fuzzer
{
    private readonly ReferenceData reference;
    private readonly ReportReader reader;
    private readonly SoundDocuments documents;

    /// <param name="root">The repository.</param>
    public Fuzzer(string root)
    {
        reference = ReferenceData.Load(Path.Combine(root, "pipelines"));
        reader = new ReportReader(reference);
        documents = new SoundDocuments(root, reader);
    }

    public FuzzCase Make(int seed, int number) => FuzzCase.Make(documents, seed, number);

    /// <summary>Reads one damaged document; every exception is an outcome.</summary>
    /// <param name="measuresMemory">Collects garbage first and watches the whole process: for one case at a time.</param>
    public FuzzOutcome Read(FuzzCase damaged, bool measuresMemory)
    {
        ArgumentNullException.ThrowIfNull(damaged);
        var truth = documents.Reading(damaged.Document);
        var before = measuresMemory ? PeakMemory.Start() : 0;
        var start = Stopwatch.GetTimestamp();
        ParsedReport? report = null;
        string ending, detail;
        try
        {
            var result = reader.Read(new SourceDocument(damaged.Bytes, damaged.Document.Name));
            (report, ending, detail) = (result.Report, result.Refusal?.Code ?? "read", result.Refusal?.Message ?? "");
        }
#pragma warning disable CA1031 // Any exception is what is looked for.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            (ending, detail) = ("crash", exception.ToString().ReplaceLineEndings(" "));
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        var growth = measuresMemory ? Math.Max(0, PeakMemory.GrowthSince(before) - damaged.Bytes.Length) : 0;
        var outcome = new FuzzOutcome(ending, elapsed, growth, 0, 0, false, detail);
        return report is null || truth is null ? outcome : Compare(outcome, report, truth, damaged.Damage.Name == "spliced" ? documents.Reading(damaged.Other) : null);
    }

    private FuzzOutcome Compare(FuzzOutcome outcome, ParsedReport report, ParsedReport truth, ParsedReport? other)
    {
        var printed = truth.Cells.ToDictionary(cell => cell.Code, cell => cell.Value);
        var spliced = other?.Cells.ToDictionary(cell => cell.Code, cell => cell.Value) ?? [];
        var wrong = report.Cells.Where(cell => cell.State == CellState.Reported
            && cell.Value != printed.GetValueOrDefault(cell.Code) && cell.Value != spliced.GetValueOrDefault(cell.Code)).ToList();
        var flagged = FailingCells(report);
        var silent = wrong.Where(cell => !flagged.Contains(cell.Code)).ToList();
        return outcome with
        {
            WrongValues = silent.Count,
            FlaggedValues = wrong.Count - silent.Count,
            WrongYear = report.Identity.Year != truth.Identity.Year && report.Identity.Year != other?.Identity.Year,
            Detail = string.Join("; ", silent.Take(3).Select(cell => string.Create(CultureInfo.InvariantCulture,
                $"{cell.Code} at {cell.Locator}: printed {printed.GetValueOrDefault(cell.Code)}, published {cell.Value} from '{cell.Raw}' {cell.Repair}"))),
        };
    }

    private HashSet<string> FailingCells(ParsedReport report)
    {
        var form = reference.Forms.Single(form => form.Code == report.Identity.Form);
        var failing = report.Checks.Where(check => check.Status == CheckStatus.Fail).Select(check => check.Id).ToHashSet();
        var optional = form.OptionalCells.Where(cell => report.Cells.Any(reading => reading.Code == cell.Code)).ToList();
        return [.. form.Checks.Concat(form.OptionalChecks).Where(check => failing.Contains(check.Id))
            .SelectMany(check => Reconciliation.Terms(check.Left, optional).Concat(Reconciliation.Terms(check.Right, optional)))];
    }
}
