using System.CommandLine;
using System.Globalization;
using EtlWarehouse.App.Ingestion;
using EtlWarehouse.App.Pipelines;
using EtlWarehouse.App.Postgres;
using EtlWarehouse.Crawling;
using EtlWarehouse.Crawling.Archive;
using EtlWarehouse.Crawling.Pipelines;
using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.App.Commands;

/// <summary><c>etl run</c>: runs pipelines once to the end.</summary>
internal static class RunCommand
{
    private const int Failed = 1;
    private const int Partial = 3;
    private const string Sample = "sample";

    private static readonly Argument<string[]> Names = new("NAME|FILE.yml")
    {
        Description = "流水线名称或文件，默认 sample · pipelines by name or file",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Command Create()
    {
        var command = new Command("run", "运行一次采集到入库的全过程 · run pipelines once: crawl, archive, read, load, compare") { Names };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var settings = WarehouseSettings.FromEnvironment(Environment.GetEnvironmentVariable);
        var names = parsed.GetValue(Names) is { Length: > 0 } given ? given : [Sample];
        // All files first: a slip in the second one shows before the first one has run for an hour.
        var pipelines = names.Select(name => PipelineFile.Load(FileOf(settings, name))).ToList();
        var archive = new DocumentArchive(settings.ArchiveFolder);
        var reference = ReferenceData.Load(settings.PipelinesFolder);

        await using var database = await WarehouseDatabase.OpenAsync(settings, ct);
        await database.MigrateAsync(ct);
        var outcomes = new List<PipelineOutcome>();
        foreach (var pipeline in pipelines)
        {
            var outcome = await new PipelineRun(settings, database.Owner, archive, reference, TimeProvider.System)
                .RunAsync(pipeline, new SiteProgress(), ProgressLine.Create("读取 · reading"), ct);
            outcomes.Add(outcome);
            await PrintAsync(outcome);
        }

        var divisions = outcomes.SelectMany(outcome => Divisions(outcome.Pipeline)).Distinct().ToList();
        if (await CountyComparison.OfAsync(database.Owner, divisions, ct) is { } comparison)
            await ConsoleTable.PrintAsync(comparison.Title, comparison.Columns, comparison.Rows);
        if (outcomes.All(outcome => outcome.Outcome == CrawlOutcome.Complete))
            return 0;
        return outcomes.Any(outcome => outcome.Outcome == CrawlOutcome.Failed) ? Failed : Partial;
    }

    internal static string FileOf(WarehouseSettings settings, string name)
    {
        if (name.EndsWith(".yml", StringComparison.Ordinal) || name.EndsWith(".yaml", StringComparison.Ordinal))
            return name;
        var file = Path.Combine(settings.PipelinesFolder, name + ".yml");
        if (File.Exists(file))
            return file;
        var known = Directory.GetFiles(settings.PipelinesFolder, "*.yml").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal);
        throw new FileNotFoundException($"{file}: expected a pipeline, found none; there are: {string.Join(", ", known)}");
    }

    private static IEnumerable<string> Divisions(CrawlPipeline pipeline) =>
        pipeline.Sites.Select(site => site.DivisionCode).OfType<string>().Concat(pipeline.Divisions.Select(division => division.Code));

    private static async Task PrintAsync(PipelineOutcome outcome)
    {
        foreach (var reason in outcome.Reasons)
            await Console.Error.WriteLineAsync($"etl: {outcome.Pipeline.Name}: {reason}");
        await ConsoleTable.PrintAsync(
            $"{outcome.Pipeline.Title} · {outcome.Pipeline.Name}: {Word(outcome.Outcome)}",
            ["站点", "结果", "列出#", "年报#", "跳过#", "新文档#", "未变#", "失败#"],
            [.. outcome.Visits.Select(visit => new[]
            {
                visit.SiteCode, Word(visit.Outcome), Text(visit.Listed), Text(visit.Reports), Text(visit.Skipped),
                Text(visit.Fetched), Text(visit.Unchanged), Text(visit.Failed),
            })]);
        if (outcome.Update is { } update)
            UpdateLines.Print(update);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Word(CrawlOutcome outcome) => outcome switch
    {
        CrawlOutcome.Complete => "完整 complete",
        CrawlOutcome.Partial => "不完整 partial",
        _ => "失败 failed",
    };

    /// <summary>A line when a site's lists are read, and one when its documents are.</summary>
    private sealed class SiteProgress : IProgress<CrawlProgress>
    {
        public void Report(CrawlProgress value)
        {
            if (value.Done == 0 || value.Done == value.Reports)
                Console.Error.WriteLine($"{value.SiteCode}: {(value.Reports == 0 ? "读列表 · listing" : $"{value.Done}/{value.Reports}")}");
        }
    }
}
