using EtlWarehouse.Parsing.Identity;

namespace EtlWarehouse.Tests.Parsing.Identity;

public sealed class ReportTitleTests
{
    [TestCase("# 偃师区司法局 2024 年政府信息公开工作年度报告", "偃师区司法局", 2024)]
    [TestCase("西⼯区司法局2021年政府信息公开⼯作年度报告", "西工区司法局", 2021)]
    [TestCase("2025 年上海市黄浦区人民政府打浦桥街道政府信息公开工作年度报告", "上海市黄浦区人民政府打浦桥街道", 2025)]
    [TestCase("青禾县教育局关于2023年政府信息公开工作的年度报告", "青禾县教育局", 2023)]
    [TestCase("青禾县2020年政府信息公开工作的年度报告", "青禾县", 2020)]
    [TestCase("平桥街道办事处政府信息公开工作2017年度报告", "平桥街道办事处", 2017)]
    [TestCase("青禾县财政局2016年政府信息公开年度报告", "青禾县财政局", 2016)]
    [TestCase("青禾县财政局2022年政府信息公开年报", "青禾县财政局", 2022)]
    [TestCase("青禾县财政局二〇二二年政府信息公开工作年度报告", "青禾县财政局", 2022)]
    [TestCase("青禾县财政局2022年度政府信息公开工作报告（更正版）", "青禾县财政局", 2022)]
    [TestCase("青禾县财政局2022年政府信息公开工作年度报告_通知公告_青禾县人民政府", "青禾县财政局", 2022)]
    public void TryRead_Title_GivesAgencyAndYear(string line, string agency, int year)
    {
        var title = ReportTitle.TryRead(line);
        Assert.That((title?.Agency, title?.Year), Is.EqualTo((agency, (int?)year)));
    }

    [TestCase("青禾县财政局年报告年度报告年度工作报告2022年政府信息公开年报", "青禾县财政局")]
    [TestCase("青禾县财政局年度工作年报年度的报告2022年政府信息公开年报", "青禾县财政局")]
    public void TryRead_WordsOfTheKindTwice_AreNotTheAgencys(string line, string agency) =>
        Assert.That(ReportTitle.TryRead(line)?.Agency, Is.EqualTo(agency));

    // There are more ways to take these words apart than anyone can try: whoever tries them does not come back.
    [TestCase("局{0}x2022年政府信息公开年报", "年度")]
    [TestCase("局{0}x2022年政府信息公开年报", "年度报告")]
    [TestCase("关于{0}x2022年政府信息公开年报", "的年")]
    public void TryRead_WordsOfTheKindManyTimes_ComesBack(string line, string word) =>
        Assert.That(
            ReportTitle.TryRead(line.Replace("{0}", string.Concat(Enumerable.Repeat(word, 68 / word.Length)), StringComparison.Ordinal)),
            Is.Not.Null.And.Property(nameof(ReportTitle.Year)).EqualTo(2022));

    [TestCase("2024年政府信息公开工作年度报告")]
    public void TryRead_TitleWithoutAgency_NamesNone(string line) =>
        Assert.That(ReportTitle.TryRead(line), Is.Not.Null.And.Property(nameof(ReportTitle.Agency)).Null);

    [TestCase("本报告根据《中华人民共和国政府信息公开条例》编制。")]
    [TestCase("一、总体情况")]
    [TestCase("政府信息公开指南")]
    [TestCase("中华人民共和国政府信息公开工作年度报告格式如下，请各单位按照要求认真填报。")]
    public void TryRead_OtherLine_IsNoTitle(string line) => Assert.That(ReportTitle.TryRead(line), Is.Null);
}
