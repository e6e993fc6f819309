using System.CommandLine;
using System.Globalization;
using EtlWarehouse.App.Pipelines;
using EtlWarehouse.App.Samples;
using EtlWarehouse.Crawling;
using EtlWarehouse.Crawling.Pipelines;
using EtlWarehouse.Parsing.Identity;
using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.App.Commands;

/// <summary><c>etl pipeline try</c>: what a run would find in the lists of a site; no database, nothing is stored.</summary>
internal static class PipelineTryCommand
{
    private const int Failed = 1;
    private const int Partial = 3;

    private static readonly Argument<string> File = new("FILE") { Description = "流水线文件或名称 · pipeline by file or name" };

    private static readonly Option<string?> Site = new("--site")
    {
        Description = "站点代码，不写则依次试走全部站点 · code of one site; left out: all, one after the other",
        HelpName = "CODE",
    };

    public static Command Create()
    {
        var command = new Command("try", "试走站点列表：列出条目、判定与推断的机关和年度，不保存。退出码：0 完整，3 不完整，1 无法列出 · read the lists and store nothing") { File, Site };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var settings = WarehouseSettings.FromEnvironment(Environment.GetEnvironmentVariable);
        var pipeline = PipelineFile.Load(RunCommand.FileOf(settings, parsed.GetRequiredValue(File)));
        var code = parsed.GetValue(Site);
        var sites = pipeline.Sites.Where(site => code is null || site.Code == code).ToList();
        if (sites.Count == 0)
        {
            await Console.Error.WriteLineAsync($"etl: --site: expected one of {string.Join(", ", pipeline.Sites.Select(site => site.Code))}, found '{code}'");
            return Failed;
        }

        var places = new AgencyPlaces(ReferenceData.Load(settings.PipelinesFolder).With(pipeline.Divisions));
        await using var samples = pipeline.Serve is null ? null : await SampleSites.StartAsync(Path.Combine(settings.Root, pipeline.Serve), ct);
        var trial = new SiteTrial(pipeline, TimeProvider.System, samples?.Hosts);
        var outcomes = new List<CrawlOutcome>();
        foreach (var site in sites)
        {
            var tried = await trial.WalkAsync(site, ct);
            await PrintAsync(site, tried, places);
            outcomes.Add(tried.Outcome);
        }

        return outcomes.Contains(CrawlOutcome.Failed) ? Failed : outcomes.Contains(CrawlOutcome.Partial) ? Partial : 0;
    }

    private static async Task PrintAsync(SiteDefinition site, TriedSite tried, AgencyPlaces places)
    {
        var reports = tried.Items.Count(item => item.SkipReason is null);
        await ConsoleTable.PrintAsync(
            $"{site.Title} · {site.Code}: {tried.PagesRead} 页列表 pages, {tried.Items.Count} 条 items, {reports} 份年报 reports",
            ["判定", "年度#", "机关", "标题", "日期", "网址"],
            [.. tried.Items.Select(item => Row(site, item, places))]);
        foreach (var reason in tried.Reasons)
            Console.WriteLine($"  {reason}");
        Console.WriteLine(tried.Outcome switch
        {
            CrawlOutcome.Complete => "  列表完整 · the lists are complete",
            CrawlOutcome.Partial => "  列表不完整 · the lists are not complete",
            _ => "  无法读取列表 · no list could be read",
        });
    }

    private static string?[] Row(SiteDefinition site, TriedItem tried, AgencyPlaces places)
    {
        var (item, reason) = (tried.Item, tried.SkipReason);
        var (year, agency) = reason is null ? Guess(site, item.Title, places) : (null, "");
        return
        [
            reason is null ? "年报 report" : $"跳过 {reason}", year, agency, item.Title,
            item.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "", item.Url.AbsoluteUri,
        ];
    }

    /// <summary>What the list's title alone says; the document itself may say more.</summary>
    private static (string? Year, string Agency) Guess(SiteDefinition site, string listed, AgencyPlaces places)
    {
        var title = ReportTitle.TryRead(listed);
        if (title?.Year is not { } year)
            return (null, "? 标题中没有年度 no year");
        var name = title.Agency ?? site.Agency;
        if (name is null)
            return (year.ToString(CultureInfo.InvariantCulture), "? agency.unnamed");
        var place = places.Find(name, year, site.DivisionCode);
        return (year.ToString(CultureInfo.InvariantCulture), place.Division is { } division ? $"{division.Code}/{place.Body}" : $"? {place.Review}");
    }
}
