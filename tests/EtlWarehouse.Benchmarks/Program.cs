using System.Globalization;
using EtlWarehouse.App;
using EtlWarehouse.Benchmarks;
using EtlWarehouse.Benchmarks.Fetching;
using EtlWarehouse.Benchmarks.Markup;
using EtlWarehouse.Benchmarks.Scans;
using EtlWarehouse.Benchmarks.Star;

// Those without arguments of their own; without a name, the quick ones run.
var quick = new Dictionary<string, Func<WarehouseSettings, CancellationToken, Task<int>>>(StringComparer.Ordinal)
{
    ["tables"] = (settings, _) => Task.FromResult(new TablesBenchmark(settings.Root, rounds: 15).Run()),
    ["pdf"] = (settings, _) => Task.FromResult(new PdfBenchmark(settings.Root, rounds: 7).Run()),
    ["load"] = LoadBenchmark.RunAsync,
};
var slow = new Dictionary<string, Func<WarehouseSettings, CancellationToken, Task<int>>>(StringComparer.Ordinal)
{
    ["fetch"] = (_, ct) => FetchBenchmark.RunAsync(ct),
    ["digits"] = (_, _) => Task.FromResult(DigitBenchmark.Run()),
    ["markup"] = (settings, _) => Task.FromResult(MarkupRun.Run(settings.Root)),
    ["accuracy"] = (settings, _) => Task.FromResult(new AccuracyBenchmark(settings.Root, Option("--mutants", AccuracyBenchmark.Mutants), Option("--seed", 1)).Run()),
};
var withArguments = new Dictionary<string, Func<WarehouseSettings, string[], CancellationToken, Task<int>>>(StringComparer.Ordinal)
{
    ["ocr"] = (settings, arguments, ct) => ScanBenchmark.RunAsync(settings.Root, arguments, ct),
    ["safety"] = (_, arguments, ct) => SafetyBenchmark.RunAsync(arguments, ct),
    ["star"] = StarBenchmark.RunAsync,
    ["fuzz"] = FuzzBenchmark.RunAsync,
    ["documents"] = (_, arguments, ct) => DocumentsBenchmark.RunAsync(arguments, ct),
    ["html5lib"] = (_, arguments, _) => Task.FromResult(TreeCases.Run(arguments)),
};

// Processes that benchmarks start; nobody calls them by hand.
var workers = new Dictionary<string, Func<WarehouseSettings, string[], int>>(StringComparer.Ordinal)
{
    ["ocr-worker"] = (settings, _) => ScanBenchmark.Serve(settings.Root),
    ["safety-worker"] = (settings, _) => SafetyBenchmark.Serve(settings.Root),
    ["documents-worker"] = (_, _) => ReaderProcess<DocumentLine>.Serve(DocumentsBenchmark.Read),
    ["fuzz-worker"] = (settings, arguments) => FuzzBenchmark.Serve(settings.Root, int.Parse(arguments[0], CultureInfo.InvariantCulture)),
};

int Option(string name, int otherwise)
{
    var at = Array.IndexOf(args, name);
    return at < 0 ? otherwise : int.Parse(args.ElementAtOrDefault(at + 1) ?? "", CultureInfo.InvariantCulture);
}

var settings = WarehouseSettings.FromEnvironment(Environment.GetEnvironmentVariable);
if (args.Length > 0 && workers.TryGetValue(args[0], out var serve))
    return serve(settings, args[1..]);

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    interrupted.Cancel();
};
if (args.Length > 0 && withArguments.TryGetValue(args[0], out var command))
    return await command(settings, args[1..], interrupted.Token);

var names = args.Where((word, index) => !word.StartsWith("--", StringComparison.Ordinal) && !(index > 0 && args[index - 1].StartsWith("--", StringComparison.Ordinal))).ToList();
var all = quick.Concat(slow).ToDictionary(StringComparer.Ordinal);
if (names.Find(name => !all.ContainsKey(name)) is { } unknown)
{
    await Console.Error.WriteLineAsync($"bench: expected {string.Join(", ", quick.Keys)} or, which take longer, {string.Join(", ", slow.Keys.Concat(withArguments.Keys))}, found '{unknown}'");
    return 1;
}

var missed = 0;
foreach (var name in names.Count == 0 ? [.. quick.Keys] : names)
    missed |= await all[name](settings, interrupted.Token);
if (names.Count == 0)
    Console.WriteLine($"bench: these were the quick ones; by name only: {string.Join(", ", slow.Keys.Concat(withArguments.Keys))}");
return missed;
