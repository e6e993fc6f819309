using EtlWarehouse.Crawling.Discovery;

namespace EtlWarehouse.Tests.Crawling.Discovery;

public sealed class ListedTitleTests
{
    [TestCase("青禾县司法局2023年政府信息公开工作年度报告")]
    [TestCase("青禾县司法局 2023 年政府信息公开工作年度报告（更正版）")]
    [TestCase("青禾县人民政府2018年政府信息公开年度报告")]
    [TestCase("2016年度信息公开年报")]
    [TestCase("青禾县教育局政府信息公开工作年度报告（2022年度）")]
    [TestCase("青禾县教育局2022年信息公开工作报告")]
    [TestCase("青禾县市场监督管理局2021年政府信息公开工作年度…")]   // cut by the list
    [TestCase("关于2019年度政府信息公开工作情况的报告")]
    [TestCase("青禾县教育局2022年政府信息公开工作告年度报")]               // a slip of the keys, seen
    public void SkipReason_Report_IsNone(string title) => Assert.That(ListedTitle.SkipReason(title), Is.Null);

    [TestCase("一图读懂：青禾县人民政府2023年政府信息公开工作年度报告", "title.interpretation")]
    [TestCase("《2023年政府信息公开工作年度报告》解读", "title.interpretation")]
    [TestCase("青禾县政府信息公开指南", "title.guide")]
    [TestCase("2023年政府信息公开目录", "title.guide")]
    [TestCase("关于报送2023年政府信息公开工作年度报告的函", "title.letter")]
    [TestCase("关于做好2023年政府信息公开年度报告编制工作的通知", "title.letter")]
    [TestCase("青禾县司法局2023年法治政府建设年度报告", "title.other_report")]
    [TestCase("2023年度部门决算", "title.other_report")]
    [TestCase("政府网站工作年度报表（2023年度）", "title.other_report")]
    [TestCase("青禾县召开政务公开工作会议", "title.not_a_report")]
    public void SkipReason_Other_IsNamed(string title, string reason) => Assert.That(ListedTitle.SkipReason(title), Is.EqualTo(reason));

    [TestCase("2023年年度报告", null)]
    [TestCase("县教育局2023年度报告", null)]
    [TestCase("2023年法治政府建设年度报告", "title.other_report")]
    [TestCase("县教育局2023年度部门决算", "title.other_report")]
    public void SkipReason_ColumnOfSuchReports_YearAndWordWillDo(string title, string? reason) =>
        Assert.That(ListedTitle.SkipReason(title, isNamedByColumn: true), Is.EqualTo(reason));

    [TestCase("青禾县司法局2023年政府信息公开工作年度报告", 2023)]
    [TestCase("青禾县司法局 2023 年度报告", 2023)]
    [TestCase("2023政府信息公开年报", 2023)]
    [TestCase("政府信息公开年报", null)]
    [TestCase("2022年和2023年政府信息公开年报", null)]   // which of the two is not for a title to say
    public void YearOf_Title_IsTheReportingYear(string title, int? expected) => Assert.That(ListedTitle.YearOf(title), Is.EqualTo(expected));
}
