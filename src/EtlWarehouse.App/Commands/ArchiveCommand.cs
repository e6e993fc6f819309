using System.CommandLine;
using EtlWarehouse.Crawling.Archive;
using EtlWarehouse.Crawling.Archive.Warc;

namespace EtlWarehouse.App.Commands;

/// <summary><c>etl archive</c>: checks the archive, or hands it to others.</summary>
internal static class ArchiveCommand
{
    private const int Damaged = 1;

    private static readonly Option<string> Warc = new("--warc")
    {
        Description = "WARC 文件（.warc.gz），或以斜杠结尾或已存在的文件夹 · a WARC file (.warc.gz), or a folder: one that is there or whose name ends with a slash",
        HelpName = "FILE|FOLDER",
        Required = true,
    };

    public static Command Create()
    {
        var verify = new Command("verify", "核对归档的每个文件；无误返回 0，否则逐一列出并返回 1 · check every file of the archive; exit 0 clean, 1 names each that is damaged, missing or foreign");
        verify.SetAction((_, ct) => VerifyAsync(ct));
        var export = new Command("export", "将归档导出为 WARC 1.1 · write the archive as WARC 1.1, which other web archives read") { Warc };
        export.SetAction((parsed, ct) => ExportAsync(parsed.GetRequiredValue(Warc), ct));
        return new Command("archive", "核对或导出归档 · check the archive or export it") { verify, export };
    }

    private static DocumentArchive Open() => new(WarehouseSettings.FromEnvironment(Environment.GetEnvironmentVariable).ArchiveFolder);

    private static async Task<int> VerifyAsync(CancellationToken ct)
    {
        var summary = new ArchiveCheck(Open()).Run(ProgressLine.Create("核对 · checking"), ct);
        foreach (var finding in summary.Findings)
            await Console.Error.WriteLineAsync($"etl: {finding.Message}");
        Console.WriteLine(
            $"归档 · archive: {summary.Bodies} 份正文 bodies, {summary.Captures} 条存档记录 captures, {summary.Fetches} 次抓取 fetches, {summary.Pipelines} 条流水线 pipelines; {summary.Findings.Count} 处异常 findings");
        if (summary.Torn > 0)
            Console.WriteLine($"未写完的末行（运行被中断，不计）· last lines not written to their end, of runs that died; they do not count: {summary.Torn}");
        return summary.Findings.Count > 0 ? Damaged : 0;
    }

    private static async Task<int> ExportAsync(string target, CancellationToken ct)
    {
        var software = $"EtlWarehouse/{typeof(ArchiveCommand).Assembly.GetName().Version?.ToString(2)}";
        var summary = new WarcExport(Open(), software).Write(target, ct);
        foreach (var fault in summary.Faults)
            await Console.Error.WriteLineAsync($"etl: {fault}");
        Console.WriteLine($"已导出 · exported: {string.Join(", ", summary.Records.Select(type => $"{type.Value} {type.Key}"))}");
        foreach (var file in summary.Files)
            Console.WriteLine(file);
        return summary.Faults.Count > 0 ? Damaged : 0;
    }
}
