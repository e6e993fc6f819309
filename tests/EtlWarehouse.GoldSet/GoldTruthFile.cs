using System.Text;
using System.Text.Json;
using EtlWarehouse.GoldSet.Composition;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Forms;

namespace EtlWarehouse.GoldSet;

/// <summary>
/// The truth of a committed file: a line for each row of the form, its values in the form's order. A number is what is
/// printed, an empty text a blank, <c>"-"</c> a dash, <c>null</c> a cell that the document has not.
/// </summary>
internal static class GoldTruthFile
{
    public static string Write(FormDefinition form, IReadOnlyDictionary<string, GoldTruth> truth)
    {
        var rows = Cells(form).Where(cell => truth.ContainsKey(cell.Code)).GroupBy(cell => cell.Row)
            .Select(row => $"\"{row.Key}\": [{string.Join(", ", row.Select(cell => Text(truth[cell.Code])))}]");
        return new StringBuilder("{\n").AppendJoin(",\n", rows).Append("\n}\n").ToString();
    }

    public static IReadOnlyDictionary<string, GoldTruth> Read(FormDefinition form, string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        var columns = Cells(form).ToLookup(cell => cell.Row);
        return json.RootElement.EnumerateObject()
            .SelectMany(row => columns[row.Name].Zip(row.Value.EnumerateArray()))
            .ToDictionary(pair => pair.First.Code, pair => Truth(pair.Second));
    }

    private static IEnumerable<FormCell> Cells(FormDefinition form) => form.Cells.Concat(form.OptionalCells);

    private static string Text(GoldTruth truth) => truth.State switch
    {
        CellState.Reported => truth.Value!.Value.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture),
        CellState.Blank => "\"\"",
        CellState.NotApplicable => "\"-\"",
        _ => "null",
    };

    private static GoldTruth Truth(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => new GoldTruth(CellState.Reported, value.GetDecimal()),
        JsonValueKind.String => new GoldTruth(value.GetString()!.Length == 0 ? CellState.Blank : CellState.NotApplicable, null),
        _ => GoldTruth.Missing,
    };
}
