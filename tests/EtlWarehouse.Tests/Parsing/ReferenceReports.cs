using System.Globalization;
using System.Text.Json;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.Tests.Parsing;

/// <summary>Real reports and their truth, which stand beside the checkout and are never part of it.</summary>
internal static class ReferenceReports
{
    public static string Root { get; } = FindRoot();

    public static ReferenceData Reference { get; } = ReferenceData.Load(Path.Combine(Root, "pipelines"));

    public static ReportReader Reader { get; } = new(Reference);

    /// <summary>Gives the path below <c>../shared</c>; where it is absent the test is skipped, on CI it fails.</summary>
    public static string Shared(params string[] path)
    {
        var full = Path.Combine([Path.GetDirectoryName(Root)!, "shared", .. path]);
        if (Path.Exists(full))
            return full;
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail($"expected the reference reports at {full}, found nothing");
        Assert.Ignore($"SKIPPED: no reference reports at {full}");
        return full;
    }

    public static Truth ReadTruth(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = json.RootElement;
        return new Truth(
            root.GetProperty("title").GetString()!,
            root.GetProperty("agency").GetString()!,
            root.GetProperty("agency_kind").GetString(),
            root.GetProperty("division_code").GetString(),
            root.GetProperty("year").GetInt32(),
            root.TryGetProperty("published", out var published) && published.ValueKind == JsonValueKind.String ? published.GetString() : null,
            root.GetProperty("cells").EnumerateObject().ToDictionary(
                cell => cell.Name,
                cell => cell.Value.ValueKind switch
                {
                    JsonValueKind.Number => (CellState.Reported, (decimal?)cell.Value.GetDecimal()),
                    JsonValueKind.Null => (CellState.Blank, null),
                    // Our own samples name the state where it is not a plain number.
                    _ => (State(cell.Value.ValueKind == JsonValueKind.String ? cell.Value.GetString()! : cell.Value.GetProperty("state").GetString()!),
                        cell.Value.ValueKind == JsonValueKind.Object && cell.Value.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Number
                            ? value.GetDecimal()
                            : null),
                }));
    }

    public static IEnumerable<string> Differences(Truth truth, ParsedReport report)
    {
        var read = report.Cells.ToDictionary(cell => cell.Code);
        foreach (var (code, (state, value)) in truth.Cells)
        {
            if (!read.TryGetValue(code, out var cell))
                yield return $"{code}: expected {state} {value}, found no such cell";
            else if (cell.State != state || cell.Value != value)
                yield return string.Create(CultureInfo.InvariantCulture, $"{code}: expected {state} {value}, found {cell.State} {cell.Value} '{cell.Raw}' at {cell.Locator}");
        }

        if (read.Count != truth.Cells.Count)
            yield return $"expected {truth.Cells.Count} cells, found {read.Count}";
    }

    private static CellState State(string name) => Enum.GetValues<CellState>().Single(state => ReportJson.Name(state) == name);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "EtlWarehouse.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("EtlWarehouse.sln is in no folder above the tests");
        return folder;
    }

    internal sealed record Truth(
        string Title, string Agency, string? AgencyKind, string? DivisionCode, int Year, string? Published,
        IReadOnlyDictionary<string, (CellState State, decimal? Value)> Cells);
}
