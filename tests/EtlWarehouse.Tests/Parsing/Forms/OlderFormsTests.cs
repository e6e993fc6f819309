using System.Globalization;
using System.Text;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Forms;

namespace EtlWarehouse.Tests.Parsing.Forms;

/// <summary>Form 2019 as agencies print it: blanks, units in cells and headers, signs.</summary>
public sealed class OlderFormsTests
{
    private static readonly FormDefinition Form = ReferenceReports.Reference.Forms.Single(form => form.Code == "2019");

    [Test]
    public void Read_PageWithBlanksAndUnits_GivesItsTruth()
    {
        var truth = ReferenceReports.ReadTruth(ReferenceReports.Shared("reference", "wild-truth", "shanghai-office-2019.json"));
        var printed = truth.Cells.ToDictionary(cell => cell.Key, cell => cell.Value.Value?.ToString(CultureInfo.InvariantCulture) ?? "");
        printed["disclosure.procurement/amount"] += "元";

        var report = Read(OlderFormPage.Render(Form, truth.Title, truth.Published!, printed));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ReferenceReports.Differences(truth, report), Is.Empty);
            Assert.That(report.Cells.Count(cell => cell.State == CellState.Blank), Is.EqualTo(135));
            Assert.That(report.Checks.Count(check => check.Status == CheckStatus.Pass), Is.EqualTo(2));
            Assert.That(report.Checks.Count(check => check.Status == CheckStatus.NotAssessable), Is.EqualTo(38));
            Assert.That(report.Identity, Has.Property(nameof(ReportIdentity.Form)).EqualTo("2019").And.Property(nameof(ReportIdentity.Year)).EqualTo(2019));
            Assert.That((report.Identity.Agency, report.Identity.DivisionCode, report.Identity.AgencyKind), Is.EqualTo((truth.Agency, truth.DivisionCode, truth.AgencyKind)));
            Assert.That(report.Identity.Published?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Is.EqualTo(truth.Published));
        }
    }

    [TestCase("采购总金额", "251000元", 251000, null)]
    [TestCase("采购总金额", "45.82万元", 458200, "unit.converted")]
    [TestCase("采购总金额（万元）", "45.82", 458200, "unit.converted")]
    [TestCase("采购总金额（单位：万元）", "45.82", 458200, "unit.converted")]
    [TestCase("采购总金额（元）", "80618", 80618, null)]
    [TestCase("采购总金额(元)", "45.82万元", 458200, "unit.converted")] // the cell's own unit has the last word
    public void Read_Procurement_IsInYuan(string header, string printed, double value, string? repair)
    {
        var amount = Cell(Procurement(header, "6", printed), "disclosure.procurement/amount");
        Assert.That((amount.State, amount.Value, amount.Raw, amount.Repair), Is.EqualTo((CellState.Reported, (decimal?)value, printed, repair)));
    }

    [TestCase("采购总金额", "6944.93")]  // 元 or 万元
    [TestCase("采购总金额", "0")]        // a zero too: the rule has no exception
    [TestCase("采购总金额", "6944.93件")]
    public void Read_ProcurementWithoutUnit_IsUnreadable(string header, string printed)
    {
        var result = ReadResult(Procurement(header, "6", printed));
        var amount = result.Report!.Cells.Single(cell => cell.Code == "disclosure.procurement/amount");
        Assert.That((amount.State, amount.Value, amount.Raw), Is.EqualTo((CellState.Unreadable, (decimal?)null, printed)));
        Assert.That(result.Findings.Select(finding => finding.Code), Does.Contain("unit.unknown"));
    }

    // The fees of another form's column above are no header of procurement.
    [Test]
    public void Read_UnitOfAnotherTable_IsNotTaken()
    {
        var page = Procurement("采购总金额", "6", "45.82").Replace("<table>", "<table><tr><td>信息内容</td><td>上一年项目数量（单位：万元）</td><td>本年增/减</td></tr><tr><td>行政事业性收费</td><td>3</td><td>0</td></tr>", StringComparison.Ordinal);
        Assert.That(Cell(page, "disclosure.procurement/amount").State, Is.EqualTo(CellState.Unreadable));
    }

    [TestCase("<p>（单位：万元）</p>", "", 458200)]
    [TestCase("<p>单位:元</p>", "", 45.82)]
    [TestCase("<p style=\"text-align:right\">（单位：万元）</p><p>第二十条第（九）项</p>", "", 458200)] // another caption between
    [TestCase("", "<caption>第二十条第（九）项（单位：万元）</caption>", 458200)]
    [TestCase("", "<tr><td colspan=\"3\">单位：万元</td></tr>", 458200)]                              // a row of its own
    [TestCase("", "<tr><td colspan=\"3\">单位：万元</td></tr><tr><td>信息内容</td><td>上一年项目数量</td><td>本年增/减</td></tr><tr><td>行政事业性收费</td><td>3</td><td>0</td></tr>", 458200)]
    [TestCase("<p>（单位：万元）</p><p>本年度政府集中采购按照规定执行，有关情况在下表中列出，请各单位对照台账逐项核对后再填报。</p>", "", null)] // too far
    [TestCase("<p>（单位：万元）</p><table><tr><td>其他</td><td>1</td></tr></table>", "", null)]      // another table's
    public void Read_UnitAboveTheTable_IsTaken(string before, string first, double? value)
    {
        var page = Procurement("采购总金额", "6", "45.82").Replace("<table>", before + "<table>" + first, StringComparison.Ordinal);
        var amount = Cell(page, "disclosure.procurement/amount");
        Assert.That((amount.State, amount.Value), Is.EqualTo((value is null ? CellState.Unreadable : CellState.Reported, (decimal?)value)));
        Assert.That(Cell(page, "disclosure.procurement/projects").Value, Is.EqualTo(6));
    }

    // In a text the caption is a line of its own, and so is a row.
    [TestCase("\t")]
    [TestCase("|")]
    public void Read_UnitAboveTheTableOfAText_IsTaken(string bar)
    {
        var text = "青禾县司法局2020年政府信息公开工作年度报告\n（单位：万元）\n"
            + string.Join(bar, "信息内容", "采购项目数量", "采购总金额") + "\n" + string.Join(bar, "政府集中采购", "6", "45.82") + "\n";
        Assert.That(Cell(text, "disclosure.procurement/amount").Value, Is.EqualTo(458200));
    }

    [Test]
    public void Read_UnitAgainstItsHeader_IsReported()
    {
        var result = ReadResult(Procurement("采购总金额（万元）", "6", "251000元"));
        Assert.That(result.Report!.Cells.Single(cell => cell.Code == "disclosure.procurement/amount").Value, Is.EqualTo(251000));
        Assert.That(result.Findings.Select(finding => finding.Code), Does.Contain("unit.contradicts"));
    }

    [TestCase("2笔", 2)]
    [TestCase("12", 12)]
    public void Read_CountWithUnit_IsTheCount(string printed, double value) =>
        Assert.That(Cell(Procurement("采购总金额", printed, "251000元"), "disclosure.procurement/projects").Value, Is.EqualTo((decimal)value));

    [TestCase("+19", 19)]
    [TestCase("＋１９", 19)]
    [TestCase("-18", -18)]
    [TestCase("－18", -18)]
    [TestCase("−18", -18)] // U+2212
    [TestCase("7", 7)]
    public void Read_Change_KeepsItsSign(string printed, double value)
    {
        var change = Cell(Licenses(printed), "disclosure.licenses/items_change");
        Assert.That((change.State, change.Value, change.Raw), Is.EqualTo((CellState.Reported, (decimal?)value, printed)));
    }

    [TestCase("-", CellState.NotApplicable)]
    [TestCase("/", CellState.NotApplicable)]
    [TestCase("减18", CellState.Unreadable)]
    public void Read_ChangeWithoutNumber_HasNoValue(string printed, CellState state) =>
        Assert.That(Cell(Licenses(printed), "disclosure.licenses/items_change").State, Is.EqualTo(state));

    [Test]
    public void Read_ExtraRow_ShiftsNothing()
    {
        var page = "<h1>青禾县司法局2020年政府信息公开工作年度报告</h1><table><tr><td>信息内容</td><td>本年新制作数量</td><td>本年新公开数量</td><td>对外公开总数量</td></tr>"
            + "<tr><td>规章(设区的市、自治州人民政府应提供相关数据)</td><td>1</td><td>2</td><td>3</td></tr>"
            + "<tr><td>规范性文件(行政机关制定发布的决定、公告、通告)</td><td>4</td><td>5</td><td>6</td></tr>"
            + "<tr><td>其他主动公开文件</td><td>7</td><td>8</td><td>9</td></tr></table>";
        Assert.That(Read(page).Cells.Take(6).Select(cell => cell.Value), Is.EqualTo(new decimal?[] { 1, 2, 3, 4, 5, 6 }));
    }

    private static string Procurement(string header, string projects, string amount) =>
        "<h1>青禾县司法局2020年政府信息公开工作年度报告</h1><table>"
        + $"<tr><td>信息内容</td><td>采购项目数量</td><td>{header}</td></tr><tr><td>政府集中采购</td><td>{projects}</td><td>{amount}</td></tr></table>";

    private static string Licenses(string change) =>
        "<h1>青禾县司法局2020年政府信息公开工作年度报告</h1><table><tr><td>信息内容</td><td>上一年项目数量</td><td>本年增/减</td><td>处理决定数量</td></tr>"
        + $"<tr><td>行政许可</td><td>44</td><td>{change}</td><td>310</td></tr><tr><td>其他对外管理服务事项</td><td>5</td><td>0</td><td>8</td></tr></table>";

    private static CellReading Cell(string page, string code) => Read(page).Cells.Single(cell => cell.Code == code);

    private static ParsedReport Read(string page) => ReadResult(page).Report!;

    private static ReadResult ReadResult(string page)
    {
        var result = ReferenceReports.Reader.Read(new SourceDocument(Encoding.UTF8.GetBytes(page), "page.html"));
        Assert.That(result.Refusal, Is.Null);
        return result;
    }
}
