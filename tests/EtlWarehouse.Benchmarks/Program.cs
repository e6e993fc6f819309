using EtlWarehouse.App;
using EtlWarehouse.Benchmarks;

// Names of benchmarks; without any, all run.
var benchmarks = new Dictionary<string, Func<WarehouseSettings, CancellationToken, Task<int>>>(StringComparer.Ordinal)
{
    ["parse"] = (settings, _) => Task.FromResult(new ParseBenchmark(settings.Root, rounds: 15).Run()),
    ["load"] = LoadBenchmark.RunAsync,
};

if (args.FirstOrDefault(name => !benchmarks.ContainsKey(name)) is { } unknown)
{
    await Console.Error.WriteLineAsync($"bench: expected {string.Join(", ", benchmarks.Keys)}, found '{unknown}'");
    return 1;
}

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    interrupted.Cancel();
};
var settings = WarehouseSettings.FromEnvironment(Environment.GetEnvironmentVariable);
var missed = 0;
foreach (var (_, runAsync) in benchmarks.Where(each => args.Length == 0 || args.Contains(each.Key)))
    missed |= await runAsync(settings, interrupted.Token);
return missed;
