using System.Security.Cryptography;
using System.Text;
using EtlWarehouse.Loading.Staging;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Forms;
using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.IntegrationTests.Loading;

/// <summary>Readings of form 2021 as the reader gives them, with the values a test wants.</summary>
internal static class Documents
{
    public static ReferenceData Reference { get; } = ReferenceData.Load(Path.Combine(TestServer.Root, "pipelines"));

    public static FormDefinition Form { get; } = Reference.Forms.Single(form => form.Code == "2021");

    /// <summary>The report of 西工区司法局, or of another body or division.</summary>
    /// <param name="value">Value of every cell; null leaves all of them blank.</param>
    /// <param name="name">Tells documents apart: bytes and address follow from it.</param>
    public static StagedDocument Report(
        int year, decimal? value = 1, string body = "司法局", string? division = "410303", string? kind = "justice",
        DateOnly? published = null, DateTimeOffset? firstSeenAt = null, string? name = null)
    {
        name ??= $"{division}-{body}-{year}-{value}";
        var state = value is null ? CellState.Blank : CellState.Reported;
        var report = new ParsedReport(
            new ReportIdentity($"{body}{year}年政府信息公开工作年度报告", body, body, division, kind, year, Form.Code, published),
            [.. Form.Cells.Select((cell, index) => new CellReading(cell.Code, value, state, value?.ToString("0.##", null), $"table[1]/r{index}", index == 0 ? "label.variant" : null))],
            [.. Form.Checks.Select(check => value is null
                ? new CheckResult(check.Id, CheckStatus.NotAssessable, null, null)
                : new CheckResult(check.Id, CheckStatus.Pass, value, value))],
            [new NarrativeReading("requests.new", value, "收到申请1件", "p[2]", value is null ? null : true, value, value is null ? "cell_without_value" : null)],
            [new ReportSection("overview", "总体情况", "本年度认真落实。", "p[1]")]);
        return Of(name, firstSeenAt ?? new DateTimeOffset(year + 1, 2, 1, 0, 0, 0, TimeSpan.Zero), report, null);
    }

    public static StagedDocument Refused(string name) =>
        Of(name, new DateTimeOffset(2025, 2, 1, 0, 0, 0, TimeSpan.Zero), null, new Refusal("document.empty", $"{name}: expected a report, found nothing"));

    /// <summary>The same bytes, read otherwise.</summary>
    public static StagedDocument ReadAs(this StagedDocument document, ParsedReport report) =>
        document with { Result = document.Result with { Report = report } };

    private static StagedDocument Of(string name, DateTimeOffset firstSeenAt, ParsedReport? report, Refusal? refusal)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        return new StagedDocument(
            sha256, $"http://example.gov.cn/{name}.html", firstSeenAt, "test", "site",
            new ReadResult(new DocumentIdentity(sha256, "text/html", "utf-8"), report, refusal, [new Finding(Severity.Info, "label.variant", "本年新收", "table[1]/r1")]));
    }
}
