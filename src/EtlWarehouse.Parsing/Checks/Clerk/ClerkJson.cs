using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EtlWarehouse.Parsing.Checks.Clerk;

/// <summary>Writes the check of a report as stable JSON; new keys may be added. The same check gives the same bytes.</summary>
public static class ClerkJson
{
    /// <summary>UTF-8, indented, with a line break at the end.</summary>
    public static byte[] Write(ClerkReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions
        {
            Indented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }))
        {
            json.WriteStartObject();
            Identity(json, report.Report.Identity);
            Summary(json, report);
            json.WriteStartArray("findings");
            foreach (var finding in report.Findings)
            {
                json.WriteStartObject();
                json.WriteString("weight", ReportJson.Name(finding.Weight));
                json.WriteString("code", finding.Code);
                json.WriteString("place", finding.Place);
                json.WriteString("locator", finding.Locator);
                json.WriteString("position", finding.Position);
                json.WriteString("problem", finding.Problem);
                json.WriteString("likely_fault", finding.LikelyFault);
                json.WriteString("remedy", finding.Remedy);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Identity(Utf8JsonWriter json, ReportIdentity identity)
    {
        json.WriteStartObject("report");
        json.WriteString("title", identity.Title);
        json.WriteString("agency", identity.Agency);
        json.WriteNumber("year", identity.Year);
        json.WriteString("form", identity.Form);
        json.WriteString("published", identity.Published?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private static void Summary(Utf8JsonWriter json, ClerkReport report)
    {
        json.WriteStartObject("summary");
        json.WriteBoolean("clean", report.IsClean);
        json.WriteNumber("errors", report.Count(ClerkWeight.Error));
        json.WriteNumber("doubts", report.Count(ClerkWeight.Doubt));
        json.WriteNumber("hints", report.Count(ClerkWeight.Hint));
        json.WriteNumber("checks_passed", report.Count(CheckStatus.Pass));
        json.WriteNumber("checks_failed", report.Count(CheckStatus.Fail));
        json.WriteNumber("checks_not_assessable", report.Count(CheckStatus.NotAssessable));
        json.WriteNumber("narrative_agrees", report.Report.Narrative.Count(stated => stated.Agrees == true));
        json.WriteNumber("narrative_contradicts", report.Report.Narrative.Count(stated => stated.Agrees == false));
        json.WriteNumber("narrative_not_comparable", report.Report.Narrative.Count(stated => stated.Agrees is null));
        json.WriteEndObject();
    }
}
