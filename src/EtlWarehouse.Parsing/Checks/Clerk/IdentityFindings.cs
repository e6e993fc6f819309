using System.Globalization;
using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Checks.Clerk;

/// <summary>Title, year, period, form and date of the report.</summary>
internal static class IdentityFindings
{
    public static IEnumerable<ClerkFinding> Of(FormWords words, ReadResult result)
    {
        var identity = result.Report!.Identity;
        foreach (var finding in result.Findings)
        {
            if (finding.Code == "year.disagrees")
            {
                yield return new ClerkFinding(ClerkWeight.Error, finding.Code, "标题和统计期限", finding.Locator,
                    $"标题写 {identity.Year} 年，统计期限写 {finding.Printed} 年", "沿用了往年报告的文字", "统一为本报告的年度");
            }
            else if (finding.Code == "period.not_the_year")
            {
                yield return new ClerkFinding(ClerkWeight.Doubt, finding.Code, "统计期限", finding.Locator,
                    $"统计期限写“{finding.Printed}”，不是完整的公历年度", null, $"年度报告的数据自 {identity.Year} 年 1 月 1 日起，至 12 月 31 日止");
            }
        }

        if (identity.Year < words.Form.FromYear || identity.Year > (words.Form.ToYear ?? int.MaxValue))
        {
            yield return new ClerkFinding(ClerkWeight.Error, "form.outdated", "全部表格", null,
                $"{identity.Year} 年度的报告用了 {words.Form.Code} 年启用的格式", "沿用了旧模板", "改用该年度施行的《政府信息公开工作年度报告格式》");
        }

        if (identity.Agency is null)
            yield return new ClerkFinding(ClerkWeight.Doubt, "title.agency", "标题", null, $"标题“{identity.Title}”没有机关名称", null, Wanted(identity));
        var title = CharacterFolding.FoldWithoutBlanks(identity.Title);
        if (!title.Contains($"{identity.Year}", StringComparison.Ordinal))
            yield return new ClerkFinding(ClerkWeight.Doubt, "title.year", "标题", null, $"标题“{identity.Title}”没有年份 {identity.Year}", null, Wanted(identity));
        else if (!title.Contains($"{identity.Year}年政府信息公开工作年度报告", StringComparison.Ordinal))
            yield return new ClerkFinding(ClerkWeight.Hint, "title.words", "标题", null, $"标题“{identity.Title}”与规范名称不同", null, Wanted(identity));

        var deadline = identity.AgencyKind is "people_government" or "government_office"
            ? new DateOnly(identity.Year + 1, 3, 31)
            : new DateOnly(identity.Year + 1, 1, 31);
        if (identity.Published is { } published && published > deadline)
        {
            yield return new ClerkFinding(ClerkWeight.Hint, "published.late", "公布日期", null,
                string.Create(CultureInfo.InvariantCulture, $"公布日期 {published:yyyy-MM-dd} 晚于 {deadline:yyyy-MM-dd}"), null,
                "《政府信息公开条例》第四十九条：部门在 1 月 31 日前，政府（由其主管部门）在 3 月 31 日前公布");
        }
    }

    private static string Wanted(ReportIdentity identity) =>
        $"标题写作“{identity.Agency ?? "（机关名称）"}{identity.Year}年政府信息公开工作年度报告”";
}
