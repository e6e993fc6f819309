using System.Globalization;
using EtlWarehouse.App;
using EtlWarehouse.Benchmarks;
using EtlWarehouse.Benchmarks.Markup;
using EtlWarehouse.Benchmarks.Scans;

// These take arguments of their own.
var commands = new Dictionary<string, Func<WarehouseSettings, string[], CancellationToken, Task<int>>>(StringComparer.Ordinal)
{
    ["html5lib"] = (_, arguments, _) => Task.FromResult(TreeCases.Run(arguments)),
    ["fuzz"] = FuzzBenchmark.RunAsync,
    ["documents"] = (_, arguments, ct) => DocumentsBenchmark.RunAsync(arguments, ct),
    ["documents-worker"] = (_, _, _) => Task.FromResult(ReaderProcess<DocumentLine>.Serve(DocumentsBenchmark.Read)),
    ["safety"] = (_, arguments, ct) => SafetyBenchmark.RunAsync(arguments, ct),
    ["safety-worker"] = (settings, _, _) => Task.FromResult(SafetyBenchmark.Serve(settings.Root)),
    ["fuzz-worker"] = (settings, arguments, _) => Task.FromResult(FuzzBenchmark.Serve(settings.Root, int.Parse(arguments[0], CultureInfo.InvariantCulture))),
};

// Names of benchmarks; without any, all run.
var benchmarks = new Dictionary<string, Func<WarehouseSettings, CancellationToken, Task<int>>>(StringComparer.Ordinal)
{
    ["tables"] = (settings, _) => Task.FromResult(new TablesBenchmark(settings.Root, rounds: 15).Run()),
    ["pdf"] = (settings, _) => Task.FromResult(new PdfBenchmark(settings.Root, rounds: 7).Run()),
    ["markup"] = (settings, _) => Task.FromResult(MarkupRun.Run(settings.Root)),
    ["load"] = LoadBenchmark.RunAsync,
    ["ocr"] = (settings, _) => Task.FromResult(new ScanBenchmark(settings.Root).Run()),
    ["accuracy"] = (settings, _) => Task.FromResult(new AccuracyBenchmark(settings.Root, Option("--mutants", AccuracyBenchmark.Mutants), Option("--seed", 1)).Run()),
};
int Option(string name, int otherwise)
{
    var at = Array.IndexOf(args, name);
    return at < 0 ? otherwise : int.Parse(args.ElementAtOrDefault(at + 1) ?? "", CultureInfo.InvariantCulture);
}

var command = args.Length > 0 ? commands.GetValueOrDefault(args[0]) : null;
var names = args.Where((word, index) => !word.StartsWith("--", StringComparison.Ordinal) && !(index > 0 && args[index - 1].StartsWith("--", StringComparison.Ordinal))).ToList();
if (command is null && names.Find(name => !benchmarks.ContainsKey(name)) is { } unknown)
{
    await Console.Error.WriteLineAsync($"bench: expected {string.Join(", ", benchmarks.Keys.Concat(commands.Keys))}, found '{unknown}'");
    return 1;
}

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    interrupted.Cancel();
};
var settings = WarehouseSettings.FromEnvironment(Environment.GetEnvironmentVariable);
if (command is not null)
    return await command(settings, args[1..], interrupted.Token);
var missed = 0;
foreach (var (_, runAsync) in benchmarks.Where(each => names.Count == 0 || names.Contains(each.Key)))
    missed |= await runAsync(settings, interrupted.Token);
return missed;
