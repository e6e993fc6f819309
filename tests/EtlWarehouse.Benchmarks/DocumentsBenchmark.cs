using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using EtlWarehouse.Fuzzing;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Documents;

namespace EtlWarehouse.Benchmarks;

/// <summary>Takes every document of any folder apart, for suites of other projects: none may crash the reader or take long.</summary>
internal static class DocumentsBenchmark
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public static async Task<int> RunAsync(string[] folders, CancellationToken ct)
    {
        if (folders.Length == 0 || Array.Find(folders, folder => !Directory.Exists(folder) && !File.Exists(folder)) is not null)
        {
            await Console.Error.WriteLineAsync($"bench documents: expected folders, found '{string.Join(' ', folders)}'");
            return 1;
        }

        var files = new ConcurrentQueue<string>(folders.SelectMany(folder => File.Exists(folder) ? [folder] : Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)).Order(StringComparer.Ordinal));
        var lines = new ConcurrentBag<(string File, DocumentLine? Line)>();
        await ReaderProcess<DocumentLine>.AskAllAsync(
            () => new ReaderProcess<DocumentLine>("documents-worker"),
            () => files.TryDequeue(out var file) ? Path.GetFullPath(file) : null,
            (file, line) => lines.Add((file, line)),
            Patience,
            ct);

        foreach (var format in lines.GroupBy(line => Path.GetExtension(line.File)).OrderBy(format => format.Key, StringComparer.Ordinal))
        {
            var read = format.Select(line => line.Line).OfType<DocumentLine>().ToList();
            Print($"{format.Key,-8}{format.Count(),5} files: {string.Join(", ", read.GroupBy(line => line.Ending).OrderByDescending(group => group.Count()).Select(group => $"{group.Count()} {group.Key}"))}; {format.Count() - read.Count} died; {read.Sum(line => line.Tables)} tables; slowest {read.Select(line => line.Elapsed.TotalSeconds).DefaultIfEmpty().Max():0.0} s, largest growth {read.Select(line => line.Growth).DefaultIfEmpty().Max() >> 20} MiB");
        }

        foreach (var (file, line) in lines.OrderBy(line => line.File, StringComparer.Ordinal).Where(line => line.Line is null or { Ending: not "read" } || line.Line.Elapsed > TimeSpan.FromSeconds(5) || line.Line.Growth > 64 << 20))
            Print($"{Path.GetFileName(file)}: {(line is null ? "died or did not end" : $"{line.Ending}: {line.Detail}")} ({line?.Elapsed.TotalSeconds:0.0} s, {line?.Growth >> 20} MiB)");
        var scored = lines.Where(line => line.Line?.Score is not null).OrderBy(line => line.File, StringComparer.Ordinal).Select(line => (line.File, Score: line.Line!.Score!)).ToList();
        if (scored.Count > 0)
            Print($"tables against what the suite says: {scored.Count} documents, {scored.Sum(each => each.Score.Tables)} tables, {scored.Sum(each => each.Score.Same)} of {scored.Sum(each => each.Score.Cells)} cells the same");
        foreach (var (file, score) in scored.Where(each => each.Score.Same < each.Score.Cells || each.Score.Found != each.Score.Tables))
            Print($"{Path.GetFileName(file)}: expected {score.Tables} tables, found {score.Found}; {score.Same} of {score.Cells} cells the same: {score.Differences}");
        return lines.Any(line => line.Line is null or { Ending: "crash" }) ? 1 : 0;
    }

    public static DocumentLine Read(string file)
    {
        var bytes = File.ReadAllBytes(file);
        var before = PeakMemory.Start();
        var start = Stopwatch.GetTimestamp();
        var (ending, detail, tables) = ("read", "", 0);
        TableScore? score = null;
        try
        {
            var documents = DocumentFormats.Read(new SourceDocument(bytes, file));
            tables = documents.Sum(document => document.Blocks.OfType<TableBlock>().Count());
            score = TableTruth.Compare(file, documents);
        }
        catch (DocumentRefusedException refused)
        {
            (ending, detail) = (refused.Code, refused.Message);
        }
#pragma warning disable CA1031 // Any exception is what is looked for.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            (ending, detail) = ("crash", exception.ToString().ReplaceLineEndings(" "));
        }

        return new DocumentLine(ending, detail, tables, Stopwatch.GetElapsedTime(start), PeakMemory.GrowthSince(before), score);
    }

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}

/// <summary>What became of one document.</summary>
/// <param name="Ending"><c>read</c>, a refusal's code, or <c>crash</c>.</param>
/// <param name="Growth">Bytes of memory that reading took at its peak.</param>
/// <param name="Score">Against the suite's own truth; null where it has none.</param>
internal sealed record DocumentLine(string Ending, string Detail, int Tables, TimeSpan Elapsed, long Growth, TableScore? Score);
