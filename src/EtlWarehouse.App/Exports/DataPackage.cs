using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EtlWarehouse.App.Catalog;

namespace EtlWarehouse.App.Exports;

/// <summary>A finished file of an export.</summary>
/// <param name="Mart">With its schema.</param>
/// <param name="Condition">What selected the rows; null for all.</param>
/// <param name="Guarded">Texts of a CSV file that got an apostrophe in front.</param>
internal sealed record ExportedFile(
    string Mart, string? Condition, ExportFormat Format, string FileName, BilingualComment Title, IReadOnlyList<ExportColumn> Columns,
    IReadOnlyList<string> Key, long Rows, long Bytes, string Sha256, long Guarded, DateTimeOffset WrittenAt);

/// <summary>
/// The descriptor of a folder of exports: <c>datapackage.json</c> as Frictionless Data Package 1 describes it, one resource a file.
/// Files that were exported before stay in it.
/// </summary>
internal static class DataPackage
{
    public const string FileName = "datapackage.json";

    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="standing">The descriptor that is there already; null where there is none.</param>
    /// <exception cref="FormatException">What is there is no descriptor.</exception>
    public static string Describe(string? standing, ExportedFile file)
    {
        var package = Read(standing);
        var resources = (JsonArray)package["resources"]!;
        foreach (var earlier in resources.Where(each => (string?)each?["path"] == file.FileName).ToList())
            resources.Remove(earlier);
        resources.Add(Resource(file));
        return package.ToJsonString(Options) + "\n";
    }

    private static JsonObject Read(string? standing)
    {
        if (standing is null)
        {
            return new JsonObject
            {
                ["profile"] = "tabular-data-package",
                ["name"] = "etl-warehouse-export",
                ["title"] = "政府信息公开工作年度报告数据 · yearly disclosure reports of Chinese agencies",
                ["resources"] = new JsonArray(),
            };
        }
        try
        {
            if (JsonNode.Parse(standing) is JsonObject package && package["resources"] is JsonArray)
                return package;
        }
        catch (JsonException)
        {
            // Told below, like a text that is JSON but no descriptor.
        }
        throw new FormatException($"{FileName}: expected a data package with resources, found something else; move it away or choose another folder");
    }

    private static JsonObject Resource(ExportedFile file)
    {
        var resource = new JsonObject
        {
            ["profile"] = file.Format == ExportFormat.Csv ? "tabular-data-resource" : "data-resource",
            ["name"] = $"{file.Mart.Replace('_', '-')}-{file.FileName.Split('.')[^1]}",
            ["path"] = file.FileName,
            ["title"] = file.Title.Chinese,
            ["description"] = $"{file.Title.English}. {Notes(file.Format)}",
            ["format"] = file.FileName.Split('.')[^1],
            ["mediatype"] = file.Format switch
            {
                ExportFormat.Csv => "text/csv",
                ExportFormat.Json => "application/json",
                _ => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            },
            ["bytes"] = file.Bytes,
            ["hash"] = $"sha256:{file.Sha256}",
            ["rows"] = file.Rows,
            ["created"] = file.WrittenAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["sources"] = new JsonArray(new JsonObject { ["title"] = file.Condition is null ? file.Mart : $"{file.Mart} where {file.Condition}" }),
            ["schema"] = new JsonObject
            {
                ["fields"] = new JsonArray([.. file.Columns.Select(Field)]),
                ["primaryKey"] = new JsonArray([.. file.Key.Select(each => (JsonNode)each)]),
                ["missingValues"] = new JsonArray(""),
            },
        };
        if (file.Format != ExportFormat.Xlsx)
            resource["encoding"] = "utf-8";
        if (file.Format == ExportFormat.Csv)
        {
            resource["dialect"] = new JsonObject { ["delimiter"] = ",", ["lineTerminator"] = "\r\n", ["quoteChar"] = "\"", ["doubleQuote"] = true, ["header"] = true };
            resource["guardedTexts"] = file.Guarded;
        }
        return resource;
    }

    private static JsonNode Field(ExportColumn column) => new JsonObject
    {
        ["name"] = column.Name,
        ["title"] = column.Comment.Chinese,
        ["description"] = column.Comment.English,
        ["type"] = column.Kind switch
        {
            ExportKind.Integer => "integer",
            ExportKind.Number => "number",
            ExportKind.Truth => "boolean",
            ExportKind.Date => "date",
            ExportKind.Moment => "datetime",
            ExportKind.List => "array",
            _ => "string",
        },
        // A time has fractions of a second.
        ["format"] = column.Kind == ExportKind.Moment ? "any" : "default",
    };

    private static string Notes(ExportFormat format) => format switch
    {
        ExportFormat.Csv => "空字段为缺失，不等于零；以 = + - @、制表符或换行开头的文本前加一个撇号，以免被当作公式；电子表格只保留数字的前 15 位，更长的请用 xlsx。"
            + "An empty field is missing, never zero; texts that begin like a formula (= + - @, tab, line end, full-width too) have an apostrophe in front; a spreadsheet keeps 15 digits of a number, take xlsx for longer ones; UTF-8 with a byte order mark.",
        ExportFormat.Xlsx => "空单元格为缺失，不等于零；文本不会成为公式；超过 15 位的数字存为文本。"
            + "An empty cell is missing, never zero; texts are no formulas; numbers of more than 15 digits are text.",
        _ => "null 为缺失，不等于零。A null is missing, never zero.",
    };
}
