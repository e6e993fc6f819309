using System.CommandLine;
using System.Globalization;
using EtlWarehouse.App.Ingestion;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Checks.Clerk;
using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.App.Commands;

/// <summary><c>etl check</c>: what a clerk should look at before a report is published; no database, nothing is stored.</summary>
internal static class CheckCommand
{
    private const int HasFindings = 4;
    private const int NotAReport = 2;

    private static readonly Argument<string> Document = new("FILE") { Description = "一份年报文件 · a report's file" };

    private static readonly Option<string> Format = new("--format")
    {
        Description = "输出格式，默认 text · how to print it",
        HelpName = "text|json",
        DefaultValueFactory = _ => "text",
    };

    public static Command Create()
    {
        var command = new Command("check", "公布前核对一份年报：没有错误和疑点退出码为 0，有则为 4，不是年报为 2 · check a report before it is published")
        {
            Document, Format,
        };
        Format.AcceptOnlyFromAmong("text", "json");
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var settings = WarehouseSettings.FromEnvironment(Environment.GetEnvironmentVariable);
        var path = parsed.GetRequiredValue(Document);
        var (bytes, unread) = DocumentFile.Read(path);
        if (unread is not null)
        {
            await Console.Error.WriteLineAsync($"etl: {UnreadLines.Name(path)}: {RefusalWords.Of(unread)}（{unread.Code}: {unread.Message}）");
            return UnreadLines.ExitCode(unread);
        }

        var source = new SourceDocument(bytes, path);
        var reference = ReferenceData.Load(settings.PipelinesFolder);
        var result = new ReportReader(reference).Read(source);
        if (result.Refusal is { } refusal)
        {
            await Console.Error.WriteLineAsync($"etl: {path}: {RefusalWords.Of(refusal)}（{refusal.Code}: {refusal.Message}）");
            return NotAReport;
        }

        var report = ClerkReport.Of(reference, result);
        if (parsed.GetValue(Format) == "json")
        {
            await using var output = Console.OpenStandardOutput();
            await output.WriteAsync(ClerkJson.Write(report), ct);
        }
        else
        {
            Print(report, Console.Out);
        }

        return report.IsClean ? 0 : HasFindings;
    }

    private static void Print(ClerkReport report, TextWriter output)
    {
        var identity = report.Report.Identity;
        output.WriteLine(identity.Title);
        output.WriteLine($"机关 {identity.Agency ?? "不明"}　年度 {identity.Year}　格式 {identity.Form}　公布 {identity.Published?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "不明"}");
        output.WriteLine();
        foreach (var (finding, number) in report.Findings.Select((finding, index) => (finding, index + 1)))
        {
            output.WriteLine($"{number}. [{Name(finding.Weight)}] {finding.Place}{(finding.Position is { } position ? $"　{position}" : "")}");
            foreach (var problem in finding.Problem.Split('；'))
                output.WriteLine($"   问题：{problem}");
            if (finding.LikelyFault is { } fault)
                output.WriteLine($"   可能：{fault}");
            output.WriteLine($"   处理：{finding.Remedy}");
            output.WriteLine();
        }

        var (errors, doubts, hints) = (report.Count(ClerkWeight.Error), report.Count(ClerkWeight.Doubt), report.Count(ClerkWeight.Hint));
        output.WriteLine(report.Findings.Count == 0
            ? "没有发现问题。"
            : $"共 {report.Findings.Count} 项：错误 {errors}，疑点 {doubts}，提示 {hints}。{(report.IsClean ? "没有错误和疑点。" : "")}");
        var narrative = report.Report.Narrative;
        output.WriteLine(
            $"勾稽等式 {report.Report.Checks.Count} 个：成立 {report.Count(CheckStatus.Pass)}，不成立 {report.Count(CheckStatus.Fail)}，无法核对 {report.Count(CheckStatus.NotAssessable)}；"
            + $"正文中的数 {narrative.Count} 处：与表格一致 {narrative.Count(stated => stated.Agrees == true)}，不一致 {narrative.Count(stated => stated.Agrees == false)}，无从比较 {narrative.Count(stated => stated.Agrees is null)}。");
    }

    private static string Name(ClerkWeight weight) => weight switch
    {
        ClerkWeight.Error => "错误",
        ClerkWeight.Doubt => "疑点",
        _ => "提示",
    };
}
