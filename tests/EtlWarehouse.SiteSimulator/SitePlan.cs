namespace EtlWarehouse.SiteSimulator;

/// <summary>What stands in a list.</summary>
/// <param name="Path">Of its page, absolute within the site.</param>
public sealed record ListedArticle(string Path, string Title, DateOnly Date, bool IsReport);

/// <summary>What a site has published: annual reports of some bodies and years, and what stands among them.</summary>
public static class SitePlan
{
    private static readonly string[] Places = ["云麓县", "清源区", "石坪镇", "北川市", "河湾街道", "东明县"];
    private static readonly string[] Bodies = ["人民政府", "人民政府办公室", "司法局", "教育局", "市场监督管理局", "农业农村局", "民政局", "交通运输局", "自然资源和规划局", "退役军人事务局"];

    /// <param name="path">Gives an article its address, from its number and date.</param>
    /// <param name="reports">How many annual reports.</param>
    /// <param name="others">How many articles that are none.</param>
    /// <returns>Newest first, as lists are.</returns>
    public static List<ListedArticle> Make(Dice dice, int reports, int others, Func<int, DateOnly, string> path)
    {
        var place = dice.Pick(Places);
        var titles = Bodies.SelectMany(body => Enumerable.Range(2015, 10).Select(year => (Body: place + body, Year: year)));
        var articles = dice.Shuffle(titles).Take(reports)
            .Select(report => (Title: ReportTitle(dice, report.Body, report.Year), report.Year, IsReport: true))
            .Concat(Enumerable.Range(0, others).Select(_ => (Title: OtherTitle(dice, place), Year: dice.Between(2015, 2024), IsReport: false)))
            .Select(article => (article.Title, Date: new DateOnly(article.Year + 1, dice.Between(1, 3), dice.Between(1, 28)), article.IsReport))
            .OrderByDescending(article => article.Date)
            .ToList();
        return [.. articles.Select((article, index) => new ListedArticle(path(9000 - index, article.Date), article.Title, article.Date, article.IsReport))];
    }

    private static string ReportTitle(Dice dice, string body, int year) => dice.Pick(
        $"{body}{year}年政府信息公开工作年度报告",
        $"{body}{year}年政府信息公开工作年度报告",
        $"{body}政府信息公开工作年度报告（{year}年度）",
        $"{year}年{body}政府信息公开年报",
        $"{body} {year} 年政府信息公开工作年度报告",
        $"{body}{year}年度政府信息公开工作情况报告",
        $"{body}关于{year}年政府信息公开工作情况的报告",
        $"{body}{year}年信息公开工作总结报告",
        $"{body}{year}年政府信息公开工作告年度报",
        $"{body}{year}年政府信息公开工作年度报告（修订版）");

    private static string OtherTitle(Dice dice, string place) => dice.Pick(
        $"一图读懂{place}人民政府{dice.Between(2015, 2024)}年政府信息公开工作年度报告",
        $"《{place}{dice.Between(2015, 2024)}年政府信息公开工作年度报告》解读",
        $"{place}政府信息公开指南",
        $"关于做好{dice.Between(2015, 2024)}年政府信息公开年度报告编制发布工作的通知",
        $"{place}{dice.Between(2015, 2024)}年法治政府建设年度报告",
        $"{place}{dice.Between(2015, 2024)}年度部门决算公开",
        $"{place}政府网站工作年度报表（{dice.Between(2015, 2024)}年度）",
        $"{place}召开政务公开工作推进会");
}
