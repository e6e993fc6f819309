using System.Globalization;
using System.Text.RegularExpressions;

namespace EtlWarehouse.Crawling.Discovery;

/// <summary>Tells the titles of annual reports from those of what stands beside them.</summary>
public static partial class ListedTitle
{
    /// <summary>Why a listed document is no annual report on 政府信息公开; null for one that is.</summary>
    /// <param name="isNamedByColumn">Whether the list holds nothing but such reports, so that a year and the word will do.</param>
    /// <returns><c>title.interpretation</c>, <c>title.guide</c>, <c>title.letter</c>, <c>title.other_report</c> or <c>title.not_a_report</c>.</returns>
    public static string? SkipReason(string title, bool isNamedByColumn = false)
    {
        var plain = Blanks().Replace(title, "");
        if (Interpretation().IsMatch(plain))
            return "title.interpretation";
        if (Guide().IsMatch(plain))
            return "title.guide";
        if (Letter().IsMatch(plain))
            return "title.letter";
        if (Report().IsMatch(plain) || (isNamedByColumn && ReportByColumn().IsMatch(plain) && !OtherSubject().IsMatch(plain)))
            return null;
        return OtherReport().IsMatch(plain) ? "title.other_report" : "title.not_a_report";
    }

    /// <summary>The reporting year that a title names; null where it names none or several.</summary>
    public static int? YearOf(string title)
    {
        var years = Year().Matches(Blanks().Replace(title, ""))
            .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            .Distinct()
            .ToList();
        return years.Count == 1 ? years[0] : null;
    }

    [GeneratedRegex("解读|图解|读懂|图说|长图|视频|动漫|H5|问答|新闻发布")]
    private static partial Regex Interpretation();

    [GeneratedRegex("指南|公开目录|公开制度|事项目录|申请表")]
    private static partial Regex Guide();

    [GeneratedRegex("^关于.*(报送|印发|做好|开展|填报|征求).*的?(函|通知|公告|说明)$")]
    private static partial Regex Letter();

    // A list may cut a title at 年度…, and 年报 is short for 年度报告.
    [GeneratedRegex("(政府|政务|重点)?信息公开.*(年度?(工作)?报告|年报|年度报(?!表)|工作报告|工作年度(报告|…|\\.\\.\\.)|情况报告)|(年度|年)[^,，]{0,6}信息公开(工作)?(情况)?(的)?(报告|年报|总结报告)")]
    private static partial Regex Report();

    [GeneratedRegex("20[0-9]{2}年?(度|年度)?(工作)?(报告|年报)")]
    private static partial Regex ReportByColumn();

    [GeneratedRegex("法治|依法行政|决算|预算|财政|绩效|网站|统计|审计|政务服务|卫生健康|环境|质量|社会责任|发展报告|报表")]
    private static partial Regex OtherSubject();

    [GeneratedRegex("年度?报告|年报|年度.*报表|决算|预算|法治政府建设|工作总结")]
    private static partial Regex OtherReport();

    [GeneratedRegex("(?<![0-9〔\\[])(20[0-9]{2})(?=年|年度|-|政|$)")]
    private static partial Regex Year();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
