namespace EtlWarehouse.Benchmarks.Star;

/// <summary>What was measured against what is wanted.</summary>
internal sealed class Goals
{
    private readonly List<(string Name, double Found, double Wanted, bool IsReached)> lines = [];

    public void Add(string name, double found, double? atMost = null, double? atLeast = null) =>
        lines.Add((name, found, atMost ?? atLeast ?? 0, atMost is { } most ? found <= most : found >= atLeast));

    /// <returns>Exit code: 1 when one is missed.</returns>
    public int Report()
    {
        foreach (var (name, found, wanted, _) in lines.Where(line => !line.IsReached))
            Console.WriteLine(StarBenchmark.Text($"goal missed: {name}: expected {wanted:0.##}, found {found:0.00}"));
        Console.WriteLine(StarBenchmark.Text($"goals: {lines.Count(line => line.IsReached)} of {lines.Count} reached"));
        return lines.TrueForAll(line => line.IsReached) ? 0 : 1;
    }
}
