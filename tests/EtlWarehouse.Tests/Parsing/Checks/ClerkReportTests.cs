using System.Text;
using System.Text.Json;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Checks.Clerk;
using EtlWarehouse.Parsing.Forms;
using EtlWarehouse.Tests.Parsing.Forms;

namespace EtlWarehouse.Tests.Parsing.Checks;

/// <summary>A draft that is right, and what is said about it once one thing in it is wrong.</summary>
public sealed class ClerkReportTests
{
    private const string New = "requests.new/natural_person";

    private static readonly FormDefinition Form = ReferenceReports.Reference.Forms.Single(form => form.Code == "2021");

    private static readonly Dictionary<string, string> Values = new()
    {
        ["requests.new/natural_person"] = "12", ["requests.new/total"] = "12",
        ["requests.carried_over/natural_person"] = "3", ["requests.carried_over/total"] = "3",
        ["requests.result.granted/natural_person"] = "12", ["requests.result.granted/total"] = "12",
        ["requests.result.partly_granted/natural_person"] = "2", ["requests.result.partly_granted/total"] = "2",
        ["requests.result.total/natural_person"] = "14", ["requests.result.total/total"] = "14",
        ["requests.carried_forward/natural_person"] = "1", ["requests.carried_forward/total"] = "1",
        ["disclosure.normative_documents/issued"] = "2", ["disclosure.normative_documents/in_force"] = "5",
    };

    [Test]
    public void Of_RightDraft_IsCleanWithoutAnyFinding()
    {
        var report = Check();
        Assert.That((report.IsClean, report.Findings), Is.EqualTo((true, Array.Empty<ClerkFinding>())));
    }

    [TestCase(New, "21", "check.failed", "一（21） + 二（3） = 24，三（七）（14） + 四（1） = 15，差 9", "疑为数字颠倒")]
    [TestCase("requests.result.total/total", "13", "check.failed", "三（一）（12） + 三（二）（2） = 14，三（七）（13），差 1", "若为 14")]
    [TestCase("review/upheld", "1", "check.failed", "结果维持（1） + 结果纠正（0） + 其他结果（0） + 尚未审结（0） = 1，总计（0），差 1", "不能判断")]
    [TestCase(New, "十二", "value.unreadable", "“十二”不是数", null)]
    [TestCase(New, "", "value.blank", "有 1 格空白：一、本年新收政府信息公开申请数量 · 自然人", null)]
    [TestCase("review/upheld", "/", "value.not_applicable", "有 1 格填“/”：行政复议 · 结果维持", null)]
    [TestCase("disclosure.penalties/decisions", "-3", "value.negative", "“-3”是负数", null)]
    [TestCase("disclosure.penalties/decisions", "1.5", "value.fraction", "“1.5”不是整数", null)]
    [TestCase("disclosure.fees/amount", "1.23456", "value.decimals", "“1.23456”的小数超过 4 位", null)]
    [TestCase("disclosure.fees/amount", "251000元", "unit.converted", "折合 25.1 万元", null)]
    [TestCase("disclosure.fees/amount", "251000", "plausible.fee_unit", "合 25.1 亿元", "以元为单位")]
    [TestCase("disclosure.regulations/in_force", "4", "plausible.regulations", "现行有效件数 4", "规范性文件")]
    [TestCase("disclosure.normative_documents/in_force", "0", "plausible.in_force", "现行有效却只有 0 件", "漏填")]
    public void Of_OneCellWrong_SaysWhat(string cell, string printed, string code, string problem, string? fault)
    {
        var finding = Check(cell, printed).Findings.Single(finding => finding.Code == code);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(finding.Problem, Does.Contain(problem));
            Assert.That(finding.LikelyFault ?? "", Does.Contain(fault ?? ""));
            Assert.That(finding.Locator, Does.StartWith("table["));
            Assert.That(finding.Remedy, Is.Not.Empty);
        }
    }

    [TestCase("收到政府信息公开申请12件", "收到政府信息公开申请15件", ClerkWeight.Error, "narrative.contradicts", "表中“一、本年新收政府信息公开申请数量 · 总计”为 12，差 3")]
    [TestCase("100条、微信50条、微博30条", "100条、微信50条、微博20条", ClerkWeight.Error, "narrative.sum", "总数写 180，各项相加为 170，差 10")]
    [TestCase("2023年1月1日至12月31日", "2022年1月1日至12月31日", ClerkWeight.Error, "year.disagrees", "标题写 2023 年，统计期限写 2022 年")]
    [TestCase("2023年1月1日至12月31日", "2023年1月1日至2023年11月30日", ClerkWeight.Doubt, "period.not_the_year", "不是完整的公历年度")]
    [TestCase("2023年，我局", "2022年，我局", ClerkWeight.Doubt, "section.other_year", "说的是 2022 年，报告年度是 2023 年")]
    [TestCase("司法局 2023年政府信息公开工作年度报告", "司法局2023年政府信息公开年报", ClerkWeight.Hint, "title.words", "与规范名称不同")]
    [TestCase("青禾县司法局 2023年", "2023年", ClerkWeight.Doubt, "title.agency", "没有机关名称")]
    [TestCase("青禾县司法局 2023年政府", "青禾县司法局政府", ClerkWeight.Doubt, "title.year", "没有年份 2023")]
    [TestCase("2024年1月20日", "2024年2月20日", ClerkWeight.Hint, "published.late", "公布日期 2024-02-20 晚于 2024-01-31")]
    [TestCase("5.属于三类内部事务信息", "5.属于三类内部事物信息", ClerkWeight.Doubt, "label.variant", "行标签印作“5.属于三类内部事物信息”")]
    [TestCase("<p>五、存在的主要问题及改进情况</p>", "", ClerkWeight.Doubt, "section.missing", "没有找到这一部分的标题")]
    [TestCase("五、存在的主要问题及改进情况", "五、存在的问题及改进措施", ClerkWeight.Hint, "section.title", "标题印作“五、存在的问题及改进措施”")]
    [TestCase("五、存在的主要问题及改进情况", "存在的主要问题及改进情况", ClerkWeight.Hint, "section.ordinal", "没有序号")]
    [TestCase("<p>存在问题：发布不够及时。</p>", "", ClerkWeight.Doubt, "section.empty", "没有内容")]
    [TestCase("本年度未收取信息处理费。", "无其他事项。", ClerkWeight.Hint, "section.fee", "信息处理费")]
    public void Of_WordsWrong_SaysWhat(string right, string wrong, ClerkWeight weight, string code, string problem)
    {
        var page = Page();
        Assert.That(page, Does.Contain(right));
        var finding = Check(page.Replace(right, wrong, StringComparison.Ordinal)).Findings.Single(finding => finding.Code == code);
        Assert.That((finding.Weight, finding.Problem), Is.EqualTo((weight, finding.Problem)));
        Assert.That(finding.Problem, Does.Contain(problem));
    }

    [Test]
    public void Of_RowLeftOut_NamesIt()
    {
        var page = Page();
        var start = page.IndexOf("<tr><td><p><span>2.重复申请", StringComparison.Ordinal);
        var report = Check(page.Remove(start, page.IndexOf("</tr>", start, StringComparison.Ordinal) + 5 - start));
        Assert.That(report.Findings.Select(finding => (finding.Code, finding.Place)), Does.Contain(("row.missing", "表三“三（五）2.重复申请”行")));
    }

    [TestCase("<td><p><span>12</span></p></td>", "", "value.lost", "表三“三（一）予以公开 · 自然人”", "这一行少一个数")]
    [TestCase("<td><p><span>12</span></p></td><td><p><span>0</span></p></td>", "<td><p><span>120</span></p></td>", "cell.glued", "表三“三（一）予以公开”行", "两个数粘在一格里")]
    [TestCase("<span>12</span>", "<span>1 2</span>", "cell.split", "表三“三（一）予以公开”行", "一个数被空格或边框分成两半")]
    [TestCase("<td><p><span>12</span></p></td>", "<td><p><span>12</span></p></td><td>7</td>", "cell.extra", "表三“三（一）予以公开”行", "多出一个数")]
    [TestCase("<span>12</span>", "<span>1x</span>", "value.unreadable", "表三“三（一）予以公开 · 自然人”", "“1x”不是数")]
    [TestCase("（一）予以公开", "其他处理情况", "label.lost", "表三“三（一）予以公开”行", "只能按位置和勾稽关系认出")]
    public void Of_RowDamaged_SaysWhatHappened(string right, string wrong, string code, string place, string problem)
    {
        var page = Page();
        var row = page.IndexOf("<span>（一）予以公开", StringComparison.Ordinal);
        var at = page.IndexOf(right, row, StringComparison.Ordinal);
        var finding = Check(page[..at] + wrong + page[(at + right.Length)..]).Findings.Single(finding => finding.Code == code);
        Assert.That((finding.Weight, finding.Place), Is.EqualTo((ClerkWeight.Error, place)));
        Assert.That(finding.Problem, Does.Contain(problem));
        Assert.That(finding.Remedy, Is.Not.Empty);
    }

    [Test]
    public void Of_ManyRowsLeftOut_IsOneFinding()
    {
        var page = Page();
        var start = page.IndexOf("<tr><td><p><span>1.属于国家秘密", StringComparison.Ordinal);
        var report = Check(page.Remove(start, page.IndexOf("<tr><td><p><span>1.本机关不掌握", StringComparison.Ordinal) - start));
        var finding = report.Findings.Single(finding => finding.Code == "row.missing");
        Assert.That(finding.Problem, Does.StartWith("缺少 8 行：三（三）1.属于国家秘密、").And.EndsWith("等"));
    }

    [Test]
    public void Of_TableAsPicture_IsMissingAlthoughHeadersElsewhereSayTotal()
    {
        var page = Page();
        var start = page.LastIndexOf("<table>", page.IndexOf("一、本年新收", StringComparison.Ordinal), StringComparison.Ordinal);
        var report = Check(page.Remove(start, page.IndexOf("</table>", start, StringComparison.Ordinal) + 8 - start));
        Assert.That(report.Findings.Where(finding => finding.Weight == ClerkWeight.Error && finding.Place.StartsWith("表三", StringComparison.Ordinal)).Select(finding => finding.Code), Is.EqualTo(new[] { "table.missing" }));
    }

    [Test]
    public void Of_HeaderOfAnotherForm_IsToldOncePerTable()
    {
        var report = Check(Page().Replace("本年废止件数", "本年新公开数量", StringComparison.Ordinal).Replace("现行有效件数", "对外公开总数量", StringComparison.Ordinal));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Findings.Single(finding => finding.Code == "column.other_form").Place, Is.EqualTo("表二表头"));
            Assert.That(report.Findings.Where(finding => finding.Code == "cell.missing").Select(finding => finding.Problem), Has.Exactly(2).EqualTo("这一行缺少 2 个数：本年废止件数、现行有效件数"));
        }
    }

    [Test]
    public void Of_FormOfAnotherYear_IsAnError()
    {
        var form = ReferenceReports.Reference.Forms.Single(form => form.Code == "2019");
        var values = form.Cells.ToDictionary(cell => cell.Code, cell => cell.NeedsPrintedUnit ? "0元" : "0");
        var finding = Check(new RenderedForm(form, values, new Random(1)) { Year = 2023 }.Render("html")).Findings[0];
        Assert.That((finding.Code, finding.Problem), Is.EqualTo(("form.outdated", "2023 年度的报告用了 2019 年启用的格式")));
    }

    [Test]
    public void Of_TwoRowsInTheOthersPlace_SaysThatTheyAreReordered()
    {
        var page = Page();
        var (first, second) = (Row(page, "1.属于国家秘密"), Row(page, "4.保护第三方合法权益"));
        var report = Check(page.Replace(first, "@", StringComparison.Ordinal).Replace(second, first, StringComparison.Ordinal).Replace("@", second, StringComparison.Ordinal));
        Assert.That(report.Findings.Select(finding => finding.Code), Has.All.EqualTo("row.reordered").And.Not.Empty);
    }

    [Test]
    public void Of_UndividedRow_NamesIt()
    {
        var page = Page();
        page = page.Replace(Row(page, "1.申请人无正当理由"), "", StringComparison.Ordinal).Replace(Row(page, "2.申请人逾期未按"), "", StringComparison.Ordinal);
        var other = page.LastIndexOf("<span>3.其他</span>", StringComparison.Ordinal);
        var finding = Check(page[..other] + "<span>（六）其他处理</span>" + page[(other + "<span>3.其他</span>".Length)..]).Findings.Single();
        Assert.That((finding.Code, finding.Place), Is.EqualTo(("row.undivided", "表三“三（六）其他处理”行")));
    }

    [TestCase("table[3]/r4c9", "第 3 个表格第 4 行第 9 列")]
    [TestCase("page[2]/table[1]/r4c3@72,10,90,20", "第 2 页第 1 个表格第 4 行第 3 列")]
    [TestCase("sheet[1]/r4c2", "第 1 张工作表第 4 行第 2 列")]
    [TestCase("line[118]/v3", "第 118 行第 3 个数")]
    [TestCase("page[1]/line[7]@1,2,3,4/v3", "第 1 页第 7 行第 3 个数")]
    [TestCase("line[12]/f4", "第 12 行第 4 栏")]
    [TestCase("附件/年报.docx!table[1]/r2c3", "文件 附件/年报.docx 第 1 个表格第 2 行第 3 列")]
    [TestCase("block[11]", null)] // among the menus of a page nobody counts paragraphs
    [TestCase(null, null)]
    public void Of_Locator_SaysWhere(string? locator, string? words) => Assert.That(PlaceWords.Of(locator), Is.EqualTo(words));

    [Test]
    public void Of_RowTwiceWithOtherNumbers_IsAnError()
    {
        var page = Page();
        var start = page.IndexOf("<tr><td><p><span>（一）予以公开", StringComparison.Ordinal);
        var row = page[start..(page.IndexOf("</tr>", start, StringComparison.Ordinal) + 5)];
        var report = Check(page.Insert(start, row.Replace("12", "15", StringComparison.Ordinal)));
        Assert.That(report.Findings.Select(finding => (finding.Weight, finding.Code)), Does.Contain((ClerkWeight.Error, "row.ambiguous")));
    }

    [Test]
    public void Of_TableLeftOut_IsAnError()
    {
        var page = Page();
        var start = page.LastIndexOf("<table>", StringComparison.Ordinal);
        var report = Check(page.Remove(start, page.IndexOf("</table>", start, StringComparison.Ordinal) + 8 - start));
        Assert.That(report.Findings.Select(finding => (finding.Code, finding.Place)), Does.Contain(("table.missing", "表四")));
    }

    [Test]
    public void Of_AllZero_IsAHintOnly()
    {
        var report = Check(Page(Form.Cells.ToDictionary(cell => cell.Code, _ => "0")).Replace("申请12件", "申请0件", StringComparison.Ordinal));
        Assert.That((report.IsClean, report.Findings.Single().Code), Is.EqualTo((true, "plausible.all_zero")));
    }

    [Test]
    public void Of_NumberThatAlsoBreaksSums_BlamesTheTable()
    {
        var finding = Check("requests.new/total", "21").Findings.Single(finding => finding.Code == "narrative.contradicts");
        Assert.That(finding.LikelyFault, Does.Contain("很可能是表中填错"));
    }

    [Test]
    public void Of_SeveralFindings_AreOrderedByWeight()
    {
        var weights = Check(Page().Replace("2024年1月20日", "2024年2月20日", StringComparison.Ordinal)
            .Replace("申请12件", "申请15件", StringComparison.Ordinal).Replace("内部事务", "内部事物", StringComparison.Ordinal)).Findings.Select(finding => finding.Weight).ToList();
        Assert.That(weights, Is.EqualTo(new[] { ClerkWeight.Error, ClerkWeight.Doubt, ClerkWeight.Hint }));
    }

    [Test]
    public void Write_Report_HasStableKeys()
    {
        using var json = JsonDocument.Parse(ClerkJson.Write(Check(New, "21")));
        Assert.That(json.RootElement.EnumerateObject().Select(key => key.Name), Is.EqualTo(new[] { "report", "summary", "findings" }));
        var finding = json.RootElement.GetProperty("findings")[0];
        Assert.That(finding.EnumerateObject().Select(key => key.Name), Is.EqualTo(new[] { "weight", "code", "place", "locator", "position", "problem", "likely_fault", "remedy" }));
        Assert.That(finding.GetProperty("weight").GetString(), Is.EqualTo("error"));
        Assert.That(json.RootElement.GetProperty("summary").GetProperty("checks_failed").GetInt32(), Is.EqualTo(2));
    }

    private static string Row(string page, string label)
    {
        var start = page.IndexOf($"<tr><td><p><span>{label}", StringComparison.Ordinal);
        return page[start..(page.IndexOf("</tr>", start, StringComparison.Ordinal) + 5)];
    }

    private static ClerkReport Check(string cell, string printed) =>
        Check(Page(Form.Cells.ToDictionary(definition => definition.Code, definition => definition.Code == cell ? printed : Values.GetValueOrDefault(definition.Code, "0"))));

    private static ClerkReport Check() => Check(Page());

    private static ClerkReport Check(string page) => ClerkReport.Of(
        ReferenceReports.Reference, ReferenceReports.Reader.Read(new SourceDocument(Encoding.UTF8.GetBytes(page), "draft.html", "text/html", "utf-8")));

    private static string Page() => Page(Form.Cells.ToDictionary(cell => cell.Code, cell => Values.GetValueOrDefault(cell.Code, "0")));

    private static string Page(Dictionary<string, string> values)
    {
        const string Filler = "<p>全年主动公开政府信息 128 条，办理建议提案 12 件，未发生责任追究。</p>";
        var page = new RenderedForm(Form, values, new Random(1)).Render("html");
        var (overview, problems, other) = (page.IndexOf(Filler, StringComparison.Ordinal), page.IndexOf("<p>五、", StringComparison.Ordinal), page.LastIndexOf(Filler, StringComparison.Ordinal));
        Assert.That(overview, Is.LessThan(problems).And.LessThan(other));
        return page[..other].Replace("青禾县司法局\n2023年", "青禾县司法局 2023年", StringComparison.Ordinal)
            .Replace($"<p>五、存在的主要问题及改进情况</p>\n{Filler}", "<p>五、存在的主要问题及改进情况</p>\n<p>存在问题：发布不够及时。</p>", StringComparison.Ordinal)
            .Replace(Filler, "<p>数据统计期限为2023年1月1日至12月31日。</p><p>2023年，我局主动公开信息180条，其中网站100条、微信50条、微博30条。收到政府信息公开申请12件。</p>", StringComparison.Ordinal)
            + "<p>本年度未收取信息处理费。</p><p>2024年1月20日</p>" + page[(other + Filler.Length)..];
    }
}
