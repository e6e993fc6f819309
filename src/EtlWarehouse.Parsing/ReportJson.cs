using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EtlWarehouse.Parsing;

/// <summary>Writes a reading as the stable JSON that other programs rely on. The same reading gives the same bytes.</summary>
public static class ReportJson
{
    /// <summary>UTF-8, indented, with a line break at the end.</summary>
    public static byte[] Write(ReadResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions
        {
            Indented = true,
            NewLine = "\n",
            // The output is a file, not a piece of a page; Chinese text stays readable.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }))
        {
            Write(json, result);
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The name of a state, status or severity in JSON and in the database, e.g. <c>not_applicable</c>.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static void Write(Utf8JsonWriter json, ReadResult result)
    {
        json.WriteStartObject();
        json.WriteStartObject("document");
        json.WriteString("sha256", result.Document.Sha256);
        json.WriteString("media_type", result.Document.MediaType);
        json.WriteString("charset", result.Document.Charset);
        json.WriteEndObject();
        if (result.Refusal is { } refusal)
        {
            json.WriteStartObject("refusal");
            json.WriteString("code", refusal.Code);
            json.WriteString("message", refusal.Message);
            json.WriteEndObject();
        }

        if (result.Report is { } report)
            Write(json, report);
        json.WriteStartArray("findings");
        foreach (var finding in result.Findings)
        {
            json.WriteStartObject();
            json.WriteString("severity", Name(finding.Severity));
            json.WriteString("code", finding.Code);
            json.WriteString("message", finding.Message);
            json.WriteString("locator", finding.Locator);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Write(json, result.Witnesses);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<IdentityWitness> witnesses)
    {
        json.WriteStartArray("witnesses");
        foreach (var witness in witnesses)
        {
            json.WriteStartObject();
            json.WriteString("witness", witness.Code);
            json.WriteString("said", witness.Said);
            json.WriteString("agency", witness.Agency);
            json.WriteString("division_code", witness.DivisionCode);
            if (witness.Year is { } year)
                json.WriteNumber("year", year);
            else
                json.WriteNull("year");
            Truth(json, "agrees", witness.Agrees);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ParsedReport report)
    {
        json.WriteStartObject("report");
        json.WriteString("title", report.Identity.Title);
        json.WriteString("agency", report.Identity.Agency);
        json.WriteString("division_code", report.Identity.DivisionCode);
        json.WriteString("agency_kind", report.Identity.AgencyKind);
        json.WriteNumber("year", report.Identity.Year);
        json.WriteString("form", report.Identity.Form);
        json.WriteString("published", report.Identity.Published?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("review", report.Identity.Review);
        json.WriteEndObject();

        json.WriteStartArray("cells");
        foreach (var cell in report.Cells)
        {
            json.WriteStartObject();
            json.WriteString("code", cell.Code);
            Number(json, "value", cell.Value);
            json.WriteString("state", Name(cell.State));
            json.WriteString("raw", cell.Raw);
            json.WriteString("locator", cell.Locator);
            json.WriteString("repair", cell.Repair);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("checks");
        foreach (var check in report.Checks)
        {
            json.WriteStartObject();
            json.WriteString("id", check.Id);
            json.WriteString("status", Name(check.Status));
            Number(json, "left", check.Left);
            Number(json, "right", check.Right);
            json.WriteString("fault", check.Fault is { } fault ? Name(fault) : null);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("narrative");
        foreach (var stated in report.Narrative)
        {
            json.WriteStartObject();
            json.WriteString("measure", stated.Measure);
            Number(json, "value", stated.Value);
            json.WriteString("text", stated.Text);
            json.WriteString("locator", stated.Locator);
            Truth(json, "agrees", stated.Agrees);
            Number(json, "table", stated.Table);
            json.WriteString("reason", stated.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("sections");
        foreach (var section in report.Sections)
        {
            json.WriteStartObject();
            json.WriteString("code", section.Code);
            json.WriteString("title", section.Title);
            json.WriteString("text", section.Text);
            json.WriteString("locator", section.Locator);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Truth(Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } truth)
            json.WriteBoolean(name, truth);
        else
            json.WriteNull(name);
    }

    private static void Number(Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } number)
            json.WriteNumber(name, Plain(number));
        else
            json.WriteNull(name);
    }

    internal static string Text(decimal number) => Plain(number).ToString(CultureInfo.InvariantCulture);

    // 45.8200 and 45.82 are one number; printing digits as they came would make two.
    private static decimal Plain(decimal number) => number / 1.0000000000000000000000000000m;
}
