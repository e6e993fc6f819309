using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Forms;

namespace EtlWarehouse.Tests.Parsing.Forms;

/// <summary>What published reports do to a form, each in a document of our own: read as printed, or not at all.</summary>
public sealed partial class IrregularitiesTests
{
    private const string New = "requests.new";

    private static readonly FormDefinition Form = FormOf("2021");

    private static readonly string[] Columns = [.. Form.Tables.Single(table => table.Code == "s3.requests").Columns.Select(column => column.Code)];

    // ---- cells that are filled in part
    [TestCase("html", "| | | | | | |5")]
    [TestCase("html", "5| | | | | | ")]
    [TestCase("html", "5|1|0|0|0|0| ")]
    [TestCase("html", " |5| | | | |5")]
    [TestCase("html", "/|/|/|/|/|/|5")]
    [TestCase("tabs", "5|1| | | |0|6")]
    [TestCase("cells", "5|1| | | |0|6")]
    public void Read_RowFilledInPart_KeepsItsPlaces(string layout, string row)
    {
        var printed = row.Split('|').TakeLast(Columns.Length).Select(cell => cell.Trim()).ToArray();
        var values = Numbers(Form);
        for (var column = 0; column < Columns.Length; column++)
            values[$"{New}/{Columns[column]}"] = printed[column];
        var report = Read(new RenderedForm(Form, values, new Random(1)).Render(layout));
        Assert.That(
            Columns.Select(column => Cell(report, $"{New}/{column}")).Select(cell => (cell.State, cell.Value)),
            Is.EqualTo(printed.Select(text => text switch
            {
                "" => (CellState.Blank, (decimal?)null),
                "/" => (CellState.NotApplicable, null),
                _ => (CellState.Reported, decimal.Parse(text, CultureInfo.InvariantCulture)),
            })));
    }

    // In lines of text nothing tells where a single number of seven stands.
    [TestCase("tabs", "5")]
    [TestCase("pdf-raw", "5")]
    [TestCase("pdf-raw", "5   5")]
    public void Read_OneNumberOfSevenInText_IsNeverPlaced(string layout, string printed)
    {
        var values = Numbers(Form);
        var text = new RenderedForm(Form, values, new Random(1)).Render(layout);
        var row = string.Join(layout == "tabs" ? "\t" : "   ", Columns.Select(column => values[$"{New}/{column}"]));
        Assert.That(text, Does.Contain(row));
        Assert.That(
            Columns.Select(column => Cell(Read(text.Replace(row, printed, StringComparison.Ordinal)), $"{New}/{column}").Value), Has.All.Null);
    }

    // ---- digits, units and signs as pages print them
    [TestCase("<span>1</span><span>2</span>", 12)]
    [TestCase("<font>1</font><b>2</b><i>0</i>", 120)]
    [TestCase("&nbsp;&nbsp;12&nbsp;&nbsp;", 12)]
    [TestCase("<p>&nbsp;</p><p>12</p>", 12)]
    [TestCase(" <o:p></o:p>12<o:p>&nbsp;</o:p>", 12)]
    [TestCase("１２", 12)]
    [TestCase("<span>12</span><span>件</span>", 12)]
    [TestCase("<span>1,2</span><span>34</span>", 1234)]
    [TestCase("12<sup>注</sup>", null)] // a footnote mark
    [TestCase("12 3", null)]
    [TestCase("12,5", null)]
    [TestCase("12.5.1", null)]
    [TestCase("\uE012\uE013", null)]    // a font of its own
    [TestCase("l2", null)]
    [TestCase("1O", null)]
    public void Read_NumberInPieces_IsTheNumberOrNone(string printed, double? value)
    {
        var values = Numbers(Form);
        values["disclosure.penalties/decisions"] = printed;
        var cell = Cell(Read(new RenderedForm(Form, values, new Random(1)).Render("html")), "disclosure.penalties/decisions");
        Assert.That((cell.State, cell.Value), Is.EqualTo((value is null ? CellState.Unreadable : CellState.Reported, (decimal?)value)));
    }

    [TestCase("<span>251000</span><span>元</span>", 25.1)]
    [TestCase("<span>25.1</span>&nbsp;<span>万元</span>", 25.1)]
    [TestCase("25.123456", 25.123456)] // six decimals are kept
    [TestCase("0.0000", 0)]
    [TestCase("人民币25.1万元", null)]
    public void Read_FeesInPieces_AreExact(string printed, double? value)
    {
        var values = Numbers(Form);
        values["disclosure.fees/amount"] = printed;
        Assert.That(Cell(Read(new RenderedForm(Form, values, new Random(1)).Render("html")), "disclosure.fees/amount").Value, Is.EqualTo((decimal?)value));
    }

    [Test]
    public void Read_NextIndicatorsOrdinalGluedToTheValue_IsNotRead()
    {
        var form = FormOf("2014");
        var values = Numbers(form);
        var text = new RenderedForm(form, values, new Random(1)) { Year = 2016 }.Render("pdf-raw");
        var next = form.Tables.SelectMany(table => table.Rows).Select(row => row.Labels[0]).First(label => label.StartsWith("2.", StringComparison.Ordinal));
        var at = text.IndexOf(next, StringComparison.Ordinal);
        Assert.That(at, Is.Positive);
        // The line break before "2." is lost.
        var glued = text[..at].TrimEnd('\n') + text[at..];
        var (before, after) = (Read(text), Read(glued));
        Assert.That(after.Cells.Zip(before.Cells).Where(pair => pair.First.Value is not null && pair.First.Value != pair.Second.Value), Is.Empty);
    }

    // ---- structure
    [Test]
    public void Read_GroupLabelRepeatedInTheMiddle_ShiftsNothing([Values("html", "tabs", "pdf-raw")] string layout)
    {
        var values = Numbers(Form);
        var text = new RenderedForm(Form, values, new Random(1)).Render(layout);
        const string Label = "4.保护第三方合法权益";
        var label = layout == "html" ? $"<tr><td><p><span>{Label}" : Label;
        Assert.That(text, Does.Contain(label));
        var again = layout switch { "html" => "<tr><td colspan=\"8\">三、本年度办理结果</td></tr>", "tabs" => "三、本年度办理结果\n", _ => "三、本年度办理结果\n- 4 -\n" };
        AssertAll(values, Read(text.Replace(label, again + label, StringComparison.Ordinal)));
    }

    [Test]
    public void Read_SectionWithAFeeTableOfItsOwn_ShiftsNothing()
    {
        var values = Numbers(Form);
        var page = new RenderedForm(Form, values, new Random(1)).Render("html");
        const string Fees = "<p>五、信息处理费收取情况</p><table><tr><td>信息处理费</td><td>按件收费</td><td>按量收费</td><td>总计</td></tr>"
            + "<tr><td>收费件数</td><td>3</td><td>1</td><td>4</td></tr><tr><td>总计</td><td>7</td><td>8</td><td>15</td></tr></table>";
        var report = Read(page.Replace("<p>五、存在", Fees + "<p>六、存在", StringComparison.Ordinal).Replace("<p>六、其他", "<p>七、其他", StringComparison.Ordinal));
        AssertAll(values, report);
        Assert.That(report.Sections.Select(section => section.Code), Does.Contain("problems").And.Contain("other_matters"));
    }

    [Test]
    public void Read_ExtraRows_ShiftNothing([Values("html", "tabs", "cells")] string layout)
    {
        var values = Numbers(Form);
        var text = new RenderedForm(Form, values, new Random(1)).Render(layout);
        var documents = Between(text, "行政规范性文件", "现行有效", layout);
        var extra = layout switch
        {
            "html" => "<tr><td>其他主动公开文件（指规范性文件以外的公文，按印发件数统计）</td><td>71</td><td>72</td><td>73</td></tr>",
            "tabs" => "其他主动公开文件（指规范性文件以外的公文，按印发件数统计）\t71\t72\t73\n",
            _ => "\t其他主动公开文件（指规范性文件以外的公文，按印发件数统计）\n\t71\n\t72\n\t73\n\n",
        };
        AssertAll(values, Read(text.Insert(documents, extra)));
    }

    [Test]
    public void Read_SubtotalOfTheOrganizations_IsLeftOut()
    {
        // 法人小计 behind 自然人, as some tools print it: every row has eight values.
        var values = Form.Cells.ToDictionary(cell => cell.Code, _ => "0");
        foreach (var row in new[] { New, "requests.result.granted", "requests.result.total" })
        {
            foreach (var (column, value) in Columns.Zip(new[] { "9", "2", "0", "1", "0", "0", "12" }))
                values[$"{row}/{column}"] = value;
        }

        var page = RequestRows().Replace(new RenderedForm(Form, values, new Random(1)).Render("html"), match =>
        {
            var cells = match.Groups["v"].Captures.Select(capture => capture.Value).ToList();
            var subtotal = cells.Skip(1).SkipLast(1).Sum(cell => int.Parse(cell, CultureInfo.InvariantCulture));
            return match.Groups["label"].Value + string.Concat(cells.Take(1).Append($"{subtotal}").Concat(cells.Skip(1)).Select(cell => $"<td><p><span>{cell}</span></p></td>")) + "</tr>";
        }).Replace("<td><p><span>商业企业</span></p></td>", "<td>小计</td><td><p><span>商业企业</span></p></td>", StringComparison.Ordinal);
        AssertAll(values, Read(page));
    }

    [Test]
    public void Read_EmptyHeaderCellsInPlaceOfSpans_ShiftNothing()
    {
        var values = Numbers(Form);
        var page = new RenderedForm(Form, values, new Random(1)).Render("html");
        const string Top = "<tr><td></td><td>申请人情况</td><td></td><td></td><td></td><td></td><td></td><td></td></tr><tr><td></td><td>自然人</td><td>法人或其他组织</td><td></td><td></td><td></td><td></td><td>总计</td></tr>"
            + "<tr><td></td><td></td><td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td><td></td></tr>";
        AssertAll(values, Read(RequestHeader().Replace(page, Top, 1)));
    }

    [Test]
    public void Read_HeaderWithOtherSpansThanItsValues_ShiftsNothing()
    {
        var values = Numbers(Form);
        var page = new RenderedForm(Form, values, new Random(1)).Render("html");
        const string Top = "<tr><td colspan=\"4\">（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td><td colspan=\"9\">申请人情况</td></tr>"
            + "<tr><td colspan=\"4\"></td><td colspan=\"2\">自然人</td><td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td><td colspan=\"2\">总计</td></tr>";
        AssertAll(values, Read(RequestHeader().Replace(page, Top, 1)));
    }

    // A column span printed as so many empty cells.
    [Test]
    public void Read_SpansPrintedAsEmptyCells_ShiftNothing([Values("\t", "|")] string bar)
    {
        var values = Numbers(Form);
        var text = new RenderedForm(Form, values, new Random(1)).Render("tabs").Replace("\t\n", "\n", StringComparison.Ordinal);
        text = text.Replace("四、结转下年度继续办理\t", "四、结转下年度继续办理\t\t\t", StringComparison.Ordinal)
            .Replace("一、本年新收政府信息公开申请数量\t", "一、本年新收政府信息公开申请数量\t\t\t", StringComparison.Ordinal);
        AssertAll(values, Read(text.Replace("\t", bar == "|" ? " | " : bar, StringComparison.Ordinal)));
    }

    [Test]
    public void Read_PageNumbersBetweenRows_AreNoValues([Values("- 3 -", "-4-", "—5—", "第 3 页 共 9 页")] string number)
    {
        var values = Numbers(Form);
        var text = new RenderedForm(Form, values, new Random(1)).Render("pdf-layout");
        foreach (var label in new[] { "2.重复申请", "行政处罚", "四、结转下年度继续办理" })
            text = text.Replace("\n" + label, $"\n{number}\n{label}", StringComparison.Ordinal);
        AssertAll(values, Read(text));
    }

    // ---- sums that are published wrong
    [TestCase("requests.new/total", "0")]              // 0 although the parts are more
    [TestCase("requests.result.total/total", "13")]    // (七) is not the sum of its rows
    [TestCase("requests.carried_forward/natural_person", "5")]
    [TestCase("review/total", "9")]
    public void Read_PublishedSumThatIsWrong_IsKeptAndFails(string code, string printed)
    {
        var values = Form.Cells.ToDictionary(cell => cell.Code, _ => "0");
        foreach (var row in new[] { New, "requests.result.granted", "requests.result.total" })
            (values[$"{row}/natural_person"], values[$"{row}/total"]) = ("12", "12");
        values[code] = printed;
        var report = Read(new RenderedForm(Form, values, new Random(1)).Render("html"));
        var failed = report.Checks.Where(check => check.Status == CheckStatus.Fail).Select(check => check.Id).ToList();
        var touched = Form.Checks.Where(check => check.Left.Concat(check.Right).Contains(code)).Select(check => check.Id);
        Assert.That((Cell(report, code).State, Cell(report, code).Value), Is.EqualTo((CellState.Reported, (decimal?)decimal.Parse(printed, CultureInfo.InvariantCulture))));
        Assert.That(failed, Is.EquivalentTo(touched));
        AssertAll(values, report);
    }

    [TestCase("html", "", "", LikelyOrigin.Source)]
    [TestCase("tabs", "", "", LikelyOrigin.Source)]
    [TestCase("pdf-layout", "", "", LikelyOrigin.Unclear)]           // without borders a number may stand elsewhere
    [TestCase("html", "（一）予以公开", "（一）予以公開", LikelyOrigin.Source)] // the label is odd, the number is plain
    [TestCase("html", "<td><p><span>自然人</span></p></td><td><p><span>商业企业</span></p></td>", "<td><p><span>商业企业</span></p></td><td><p><span>自然人</span></p></td>", LikelyOrigin.Reader)]
    public void Read_SumThatFails_NamesTheLikelyFault(string layout, string right, string wrong, LikelyOrigin fault)
    {
        var values = Form.Cells.ToDictionary(cell => cell.Code, _ => "0");
        values["requests.new/total"] = "3";
        var text = new RenderedForm(Form, values, new Random(1)).Render(layout);
        Assert.That(text, Does.Contain(right));
        var result = ReferenceReports.Reader.Read(new SourceDocument(Encoding.UTF8.GetBytes(right.Length == 0 ? text : text.Replace(right, wrong, StringComparison.Ordinal)), "report"));
        var failed = result.Report!.Checks.Where(check => check.Status == CheckStatus.Fail).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failed.Select(check => check.Fault), Is.EqualTo(new LikelyOrigin?[] { fault, fault }));
            Assert.That(result.Report.Checks.Except(failed).Select(check => check.Fault), Has.All.Null);
            Assert.That(result.Findings.Count(finding => finding.Code == "check.failed" && finding.Message.EndsWith("likely fault: " + ReportJson.Name(fault), StringComparison.Ordinal)), Is.EqualTo(2));
        }
    }

    // ---- titles
    [TestCase("青禾县司法局2023年政府信息公开工作告年度报", "青禾县司法局", 2023)]
    [TestCase("青禾县司法局 2023 年 政府信息公开 工作年度报告", "青禾县司法局", 2023)]
    [TestCase("青禾县司法局政府信息公开工作年度报告", "青禾县司法局", 2023)] // the period says which year
    public void Read_TitleOfItsOwnKind_IsTheTitle(string title, string agency, int year)
    {
        var page = new RenderedForm(Form, Numbers(Form), new Random(1)).Render("html")
            .Replace("青禾县司法局\n2023年政府信息公开工作年度报告", $"{title}</p><p>本报告数据统计期限为2023年1月1日至2023年12月31日。</p><p>", StringComparison.Ordinal);
        var identity = Read(page).Identity;
        Assert.That((identity.Agency, identity.Year), Is.EqualTo((agency, year)));
    }

    private static int Between(string text, string label, string behind, string layout)
    {
        var row = text.LastIndexOf(label, StringComparison.Ordinal);
        Assert.That(text.IndexOf(behind, StringComparison.Ordinal), Is.LessThan(row));
        var end = layout switch { "html" => "</tr>\n", "tabs" => "\n", _ => "\n\n" };
        return text.IndexOf(end, row, StringComparison.Ordinal) + end.Length;
    }

    private static void AssertAll(Dictionary<string, string> values, ParsedReport report) => Assert.That(
        report.Cells.Where(cell => cell.Value?.ToString(CultureInfo.InvariantCulture) != values[cell.Code]).Select(cell => (cell.Code, cell.State, cell.Value, cell.Raw)),
        Is.Empty);

    private static CellReading Cell(ParsedReport report, string code) => report.Cells.Single(cell => cell.Code == code);

    private static Dictionary<string, string> Numbers(FormDefinition form) =>
        form.Cells.ToDictionary(cell => cell.Code, cell => (cell.Position * 37 % 1000).ToString(CultureInfo.InvariantCulture));

    private static FormDefinition FormOf(string code) => ReferenceReports.Reference.Forms.Single(form => form.Code == code);

    private static ParsedReport Read(string text)
    {
        var result = ReferenceReports.Reader.Read(new SourceDocument(Encoding.UTF8.GetBytes(text), "report"));
        Assert.That(result.Refusal, Is.Null);
        return result.Report!;
    }

    // A row of one label and seven values; the header of the requests.
    [GeneratedRegex("(?<label><tr><td><p><span>[^<]+</span></p></td>)(?:<td><p><span>(?<v>[0-9]+)</span></p></td>){7}</tr>")]
    private static partial Regex RequestRows();

    [GeneratedRegex("<tr><td><p><span>项目</span></p></td><td><p><span>自然人.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex RequestHeader();
}
