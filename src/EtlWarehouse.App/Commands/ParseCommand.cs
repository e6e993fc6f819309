using System.CommandLine;
using System.Globalization;
using EtlWarehouse.App.Commands.Sql;
using EtlWarehouse.App.Ingestion;
using EtlWarehouse.Crawling.Fetching;
using EtlWarehouse.Crawling.Pipelines;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.App.Commands;

/// <summary><c>etl parse</c>: reads one document and prints what it says; no database, nothing is stored.</summary>
internal static class ParseCommand
{
    private const int NotAReport = 2;

    private static readonly Argument<string> Document = new("FILE|URL") { Description = "一份年报的文件或网址 · a report's file or address" };

    private static readonly Option<string> Format = new("--format")
    {
        Description = "输出格式，默认 json · how to print it",
        HelpName = "json|table|csv",
        DefaultValueFactory = _ => "json",
    };

    public static Command Create()
    {
        var command = new Command("parse", "解析一份年报并输出每个单元格 · read one report and print every cell") { Document, Format };
        Format.AcceptOnlyFromAmong("json", "table", "csv");
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var settings = WarehouseSettings.FromEnvironment(Environment.GetEnvironmentVariable);
        var place = parsed.GetRequiredValue(Document);
        SourceDocument source;
        if (Uri.TryCreate(place, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps))
        {
            source = await FetchAsync(url, place, ct);
        }
        else
        {
            var (bytes, unread) = DocumentFile.Read(place);
            if (unread is not null)
            {
                await Console.Error.WriteLineAsync($"etl: {UnreadLines.Name(place)}: {unread.Code}: {unread.Message}");
                return UnreadLines.ExitCode(unread);
            }

            source = new SourceDocument(bytes, place);
        }

        var reference = ReferenceData.Load(settings.PipelinesFolder);
        var result = new ReportReader(reference).Read(source);
        if (result.Refusal is { } refusal)
        {
            await Console.Error.WriteLineAsync($"etl: {source.Name}: {refusal.Code}: {refusal.Message}");
            return NotAReport;
        }

        switch (parsed.GetValue(Format))
        {
            case "json":
                await using (var output = Console.OpenStandardOutput())
                    await output.WriteAsync(ReportJson.Write(result), ct);
                break;
            case "csv":
                await PrintCsvAsync(reference, result, ct);
                break;
            default:
                await PrintTableAsync(reference, result);
                break;
        }

        return 0;
    }

    private static async Task<SourceDocument> FetchAsync(Uri url, string place, CancellationToken ct)
    {
        // Whoever types an address means it, so loopback is allowed.
        var pipeline = new CrawlPipeline(
            "parse", "parse", null, "Asia/Shanghai", "started by hand", Politeness.Default, AllowLoopback: true, Serve: null, [], []);
        using var client = new SiteClient(pipeline, TimeProvider.System);
        var fetched = await client.FetchAsync(new FetchRequest(url), Validators.None, isAllowed: null, ct);
        if (fetched.Response is not { } response)
            throw new IOException(fetched.Fault?.Message ?? $"{url}: expected a page, found none");
        return new SourceDocument(response.Body, place, response.MediaType, response.Charset);
    }

    private static async Task PrintCsvAsync(ReferenceData reference, ReadResult result, CancellationToken ct)
    {
        var columns = new[] { "code", "label", "value", "state", "raw", "locator", "repair" };
        await using var output = new StreamWriter(Console.OpenStandardOutput());
        await CsvResult.WriteAsync(
            output,
            [.. columns.Select(column => new ResultColumn(column, column == "value" ? ResultKind.Number : ResultKind.Text))],
            Rows(reference, result).ToAsyncEnumerable(),
            ct);
    }

    private static async Task PrintTableAsync(ReferenceData reference, ReadResult result)
    {
        var identity = result.Report!.Identity;
        Console.WriteLine(identity.Title);
        Console.WriteLine($"机关 {identity.Agency ?? "不明"}　区划 {identity.DivisionCode ?? "不明"}　年度 {identity.Year}　格式 {identity.Form}　公布 {identity.Published?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "不明"}");
        await ConsoleTable.PrintAsync(
            "单元格", ["代码", "名称", "数值#", "状态", "原文", "位置", "修复"], [.. Rows(reference, result)]);
        var checks = result.Report.Checks;
        Console.WriteLine();
        Console.WriteLine($"勾稽关系：通过 {checks.Count(check => check.Status == CheckStatus.Pass)}，不符 {checks.Count(check => check.Status == CheckStatus.Fail)}，无法判断 {checks.Count(check => check.Status == CheckStatus.NotAssessable)}");
        foreach (var finding in result.Findings.Where(finding => finding.Severity != Severity.Info))
            Console.WriteLine($"{finding.Code}: {finding.Message}");
    }

    private static IEnumerable<string?[]> Rows(ReferenceData reference, ReadResult result)
    {
        var form = reference.Forms.Single(form => form.Code == result.Report!.Identity.Form);
        return result.Report!.Cells.Zip(form.Cells.Concat(form.OptionalCells), (cell, definition) => new[]
        {
            cell.Code, definition.Label, cell.Value?.ToString("0.############################", CultureInfo.InvariantCulture),
            ReportJson.Name(cell.State), cell.Raw, cell.Locator, cell.Repair,
        });
    }
}
