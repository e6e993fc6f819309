using System.Collections.Concurrent;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using EtlWarehouse.App;
using EtlWarehouse.Fuzzing;

namespace EtlWarehouse.Benchmarks;

/// <summary>
/// Reads seeded damaged documents of every format, each worker in a process of its own. No document may crash the reader,
/// take longer or more memory than its bound, or publish a number that no equation flags and the sound document does not have.
/// </summary>
internal sealed class FuzzBenchmark(int seed)
{
    private const long MostGrowth = 64L << 20;

    private static readonly TimeSpan Slowest = TimeSpan.FromSeconds(10);

    /// <summary>After this a worker is given up: it would not have ended.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentBag<(int Number, FuzzLine Line)> lines = [];
    private readonly ConcurrentBag<int> lost = [];

    public static Task<int> RunAsync(WarehouseSettings settings, string[] arguments, CancellationToken ct)
    {
        var minutes = new Option<double>("--minutes") { Description = "how long to run", DefaultValueFactory = _ => 1 };
        var cases = new Option<int>("--cases") { Description = "how many cases, in place of a time" };
        var from = new Option<int>("--from") { Description = "number of the first case" };
        var seed = new Option<int>("--seed") { DefaultValueFactory = _ => 1 };
        var one = new Option<int?>("--case") { Description = "repeats the case of this number" };
        var save = new Option<FileInfo>("--save") { Description = "with --case: where to write its bytes" };
        var command = new RootCommand("Reads damaged documents.") { minutes, cases, from, seed, one, save };
        command.SetAction((parsed, token) => parsed.GetValue(one) is { } number
            ? Task.FromResult(Repeat(settings.Root, parsed.GetValue(seed), number, parsed.GetValue(save)))
            : new FuzzBenchmark(parsed.GetValue(seed)).RunAsync(TimeSpan.FromMinutes(parsed.GetValue(minutes)), parsed.GetValue(from), parsed.GetValue(cases), token));
        return command.Parse(arguments).InvokeAsync(cancellationToken: ct);
    }

    /// <summary>The process that reads: numbers of cases come in.</summary>
    public static int Serve(string root, int seed)
    {
        var fuzzer = new Fuzzer(root);
        return ReaderProcess<FuzzLine>.Serve(number =>
        {
            var damaged = fuzzer.Make(seed, int.Parse(number, CultureInfo.InvariantCulture));
            return new FuzzLine(damaged.Document.Format, damaged.Document.Name, damaged.Damage.Name, damaged.Damage.ChangesPrint, fuzzer.Read(damaged, measuresMemory: true));
        });
    }

    private static int Repeat(string root, int seed, int number, FileInfo? save)
    {
        var fuzzer = new Fuzzer(root);
        var damaged = fuzzer.Make(seed, number);
        if (save is not null)
            File.WriteAllBytes(save.FullName, damaged.Bytes);
        Console.WriteLine($"fuzz: case {number} of seed {seed}: {damaged.Document.Name}, {damaged.Damage.Name}, {damaged.Bytes.Length} bytes");
        Console.WriteLine(fuzzer.Read(damaged, measuresMemory: true));
        return 0;
    }

    private async Task<int> RunAsync(TimeSpan time, int from, int cases, CancellationToken ct)
    {
        var start = Stopwatch.GetTimestamp();
        var next = from - 1;
        bool GoesOn(int number) => cases > 0 ? number < from + cases : Stopwatch.GetElapsedTime(start) < time;
        await ReaderProcess<FuzzLine>.AskAllAsync(
            () => new ReaderProcess<FuzzLine>("fuzz-worker", $"{seed}"),
            () => Interlocked.Increment(ref next) is var number && GoesOn(number) ? $"{number}" : null,
            (question, line) =>
            {
                var number = int.Parse(question, CultureInfo.InvariantCulture);
                if (line is null)
                    lost.Add(number);
                else
                    lines.Add((number, line));
            },
            Patience,
            ct);
        return Report(Stopwatch.GetElapsedTime(start));
    }

    private int Report(TimeSpan elapsed)
    {
        Print($"fuzz: seed {seed}, {lines.Count + lost.Count} cases in {elapsed.TotalSeconds:0} s; bounds {Slowest.TotalSeconds:0} s, {MostGrowth >> 20} MiB beside the document");
        Print($"{"format",-7}{"damage",-11}{"cases",6}{"read",6}{"refused",8}{"crash",6}{"slow",5}{"large",6}{"wrong",6}{"in",4}{"flagged",8}{"in",4}{"year",5}{"slowest",9}{"peak MiB",9}");
        foreach (var group in lines.Select(line => line.Line).GroupBy(line => (line.Format, line.ChangesPrint)).OrderBy(group => group.Key))
        {
            var outcomes = group.Select(line => line.Outcome).ToList();
            Print($"{group.Key.Format,-7}{(group.Key.ChangesPrint ? "structure" : "bytes"),-11}{outcomes.Count,6}{outcomes.Count(one => one.Ending == "read"),6}{outcomes.Count(one => one.Ending is not ("read" or "crash")),8}{outcomes.Count(one => one.Ending == "crash"),6}{outcomes.Count(one => one.Elapsed > Slowest),5}{outcomes.Count(one => one.Growth > MostGrowth),6}{outcomes.Sum(one => one.WrongValues),6}{outcomes.Count(one => one.WrongValues > 0),4}{outcomes.Sum(one => one.FlaggedValues),8}{outcomes.Count(one => one.FlaggedValues > 0),4}{outcomes.Count(one => one.WrongYear),5}{outcomes.Max(one => one.Elapsed.TotalSeconds),8:0.0}s{outcomes.Max(one => one.Growth) >> 20,9}");
        }

        foreach (var number in lost.Order())
            Print($"lost: --seed {seed} --case {number}: the reader died or did not end within {Patience.TotalSeconds:0} s");
        Name("crash", line => line.Outcome.Ending == "crash");
        Name("slow", line => line.Outcome.Elapsed > Slowest);
        Name("large", line => line.Outcome.Growth > MostGrowth);
        Name("wrong", line => line.Outcome.WrongValues > 0 && !line.ChangesPrint);
        var held = lost.IsEmpty && lines.All(line => line.Line.Outcome.Ending != "crash" && line.Line.Outcome.Elapsed <= Slowest && line.Line.Outcome.Growth <= MostGrowth);
        return held ? 0 : 1;
    }

    private void Name(string what, Func<FuzzLine, bool> isMeant)
    {
        var meant = lines.Where(line => isMeant(line.Line)).OrderBy(line => line.Number).ToList();
        foreach (var (number, line) in meant.Take(40))
            Print($"{what}: --seed {seed} --case {number}: {line.Document}, {line.Damage}, {line.Outcome.Elapsed.TotalSeconds:0.0} s, {line.Outcome.Growth >> 20} MiB, {line.Outcome.Ending}: {line.Outcome.Detail[..Math.Min(line.Outcome.Detail.Length, 400)]}");
    }

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}

/// <summary>One case and what became of it.</summary>
internal sealed record FuzzLine(string Format, string Document, string Damage, bool ChangesPrint, FuzzOutcome Outcome);
