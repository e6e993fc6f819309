using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EtlWarehouse.Parsing;
using EtlWarehouse.SampleSites.Figures;
using EtlWarehouse.SampleSites.Sites;

namespace EtlWarehouse.SampleSites;

/// <summary>What a reader must find in one sample document, as JSON: one line a row of the form.</summary>
internal static class TruthFile
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Under <c>tests/fixtures/samples/</c>.</summary>
    public static string Name(SampleDocument document)
    {
        var report = document.Report;
        var version = report.Variant == SampleVariant.Corrected ? "-corrected" : "";
        return $"{document.File.Split('/')[0]}/{report.Agency.Folder}-{report.Year}{version}.json";
    }

    public static byte[] Write(SampleDocument document)
    {
        var report = document.Report;
        var json = new StringBuilder("{\n");
        Property("file", document.File);
        Property("url", document.Url.AbsoluteUri);
        Property("media_type", document.MediaType);
        Property("list_title", report.ListTitle);
        Property("title", report.Title);
        Property("agency", report.Agency.Name);
        Property("division_code", report.Agency.DivisionCode);
        Property("agency_kind", report.Agency.Kind);
        Property("year", report.Year);
        Property("form", report.Form.Code);
        Property("published", report.Published.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Property("variant", JsonNamingPolicy.SnakeCaseLower.ConvertName(report.Variant.ToString()));
        Property("failed_checks", report.FailedChecks());
        json.Append("  \"cells\": {\n");
        var rows = report.Form.Cells.GroupBy(cell => cell.Row).Select(row => "    " + string.Join(", ", row.Select(cell =>
            $"\"{cell.Code}\": {Text(report.Cells[cell.Code])}")));
        json.AppendJoin(",\n", rows).Append("\n  }\n}\n");
        return Encoding.UTF8.GetBytes(json.ToString());

        void Property(string name, object value) =>
            json.Append("  \"").Append(name).Append("\": ").Append(JsonSerializer.Serialize(value, Json)).Append(",\n");
    }

    /// <summary>A number, or the state of a cell that has none.</summary>
    private static string Text(SampleCell cell) => cell.State switch
    {
        CellState.Reported => cell.Value!.Value.ToString("0.####", CultureInfo.InvariantCulture),
        CellState.NotApplicable => "\"not_applicable\"",
        _ => "\"blank\"",
    };
}
