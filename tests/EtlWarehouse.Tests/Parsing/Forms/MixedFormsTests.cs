using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Forms;

namespace EtlWarehouse.Tests.Parsing.Forms;

/// <summary>Which form a document is on, and what is read where it mixes two.</summary>
public sealed class MixedFormsTests
{
    private const string Head = "<h1>青禾县司法局2023年政府信息公开工作年度报告</h1>";

    // The year of the report is another form's: the document decides.
    [Test]
    public void Read_FormOfAnotherYear_IsToldFromTheDocument(
        [Values("2014", "2019", "2021")] string code, [Values(2016, 2020, 2023)] int year, [Values("html", "tabs", "pdf-raw", "pdf-layout")] string layout)
    {
        var form = FormOf(code);
        var printed = Numbers(form, 3);
        var report = Read(new RenderedForm(form, printed, new Random(3)) { Year = year }.Render(layout));
        Assert.That((report.Identity.Form, report.Identity.Year), Is.EqualTo((code, year)));
        Assert.That(report.Cells.Where(cell => cell.State != CellState.Reported), Is.Empty);
    }

    [TestCase(2016, "2014")]
    [TestCase(2020, "2019")]
    [TestCase(2021, "2021")]
    public void Read_NothingOfOneFormOnly_TakesTheFormOfTheYear(int year, string form) =>
        Assert.That(Read(Head.Replace("2023", year.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            + "<table><tr><td>行政处罚</td><td>31</td></tr><tr><td>一、行政复议数量</td><td>件</td><td>3</td></tr></table>").Identity.Form, Is.EqualTo(form));

    [TestCase("html")]
    [TestCase("tabs")]
    [TestCase("cells")]
    [TestCase("pdf-raw")]
    [TestCase("pdf-layout")]
    [TestCase("pdf-one-number-a-line")]
    public void Read_UndividedRow_IsReadInPlaceOfItsItems(string layout)
    {
        var form = FormOf("2021");
        var printed = Numbers(form, 8);
        foreach (var cell in form.OptionalCells)
            printed[cell.Code] = cell.Column == "total" ? "27" : (cell.Position % 10).ToString(CultureInfo.InvariantCulture);
        var report = Read(new RenderedForm(Undivided(form), printed, new Random(8)).Render(layout));

        var cells = report.Cells.ToDictionary(cell => cell.Code);
        var items = form.OptionalCells.SelectMany(cell => cell.Replaces).ToHashSet();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Identity.Form, Is.EqualTo("2021"));
            Assert.That(report.Cells, Has.Count.EqualTo(207));
            Assert.That(report.Cells.Skip(200).Select(cell => (cell.Code, cell.Value)),
                Is.EqualTo(form.OptionalCells.Select(cell => (cell.Code, (decimal?)decimal.Parse(printed[cell.Code], CultureInfo.InvariantCulture)))));
            Assert.That(items.Select(code => cells[code].State), Has.All.EqualTo(CellState.Missing));
            Assert.That(report.Cells.Where(cell => !items.Contains(cell.Code)).Select(cell => cell.State), Has.All.EqualTo(CellState.Reported));
        }
    }

    [Test]
    public void Read_UndividedRow_CountsInTheSums()
    {
        var form = FormOf("2021");
        var printed = form.Cells.Concat(form.OptionalCells).ToDictionary(cell => cell.Code, _ => "0");
        foreach (var code in new[] { "requests.new/natural_person", "requests.new/total", "requests.result.other/natural_person", "requests.result.other/total", "requests.result.total/natural_person", "requests.result.total/total" })
            printed[code] = "4";
        var report = Read(new RenderedForm(Undivided(form), printed, new Random(8)).Render("html"));
        var checks = report.Checks.ToDictionary(check => check.Id);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Checks, Has.Count.EqualTo(43));
            Assert.That(checks["req.result_total.natural_person"], Is.EqualTo(new CheckResult("req.result_total.natural_person", CheckStatus.Pass, 4, 4)));
            Assert.That(checks["req.applicant_total.result.other"], Is.EqualTo(new CheckResult("req.applicant_total.result.other", CheckStatus.Pass, 4, 4)));
            // The three items that are not told apart.
            Assert.That(report.Checks.Count(check => check.Status == CheckStatus.NotAssessable), Is.EqualTo(3));
        }
    }

    // The heading （六） of three items, in the middle of them as PDF text puts it, is no undivided row.
    [Test]
    public void Read_DividedRow_IsNeverReadAsUndivided([Values("html", "tabs", "cells", "pdf-raw", "pdf-layout")] string layout)
    {
        var form = FormOf("2021");
        var text = new RenderedForm(form, Numbers(form, 4), new Random(4)).Render(layout);
        Assert.That(Read(text).Cells, Has.Count.EqualTo(200));
        // Two of the three items lost.
        var lines = text.Split('\n').Where(line => !line.Contains("逾期", StringComparison.Ordinal));
        Assert.That(Read(string.Join('\n', lines)).Cells, Has.Count.EqualTo(200));
    }

    [Test]
    public void Read_ColumnsOfTheOtherForm_AreNotTakenForThisFormsColumns()
    {
        // Rows, sections three and four of form 2021; section two below the columns of form 2019.
        var form = FormOf("2021");
        var text = new RenderedForm(form, Numbers(form, 5), new Random(5)).Render("html");
        const string Documents = "<table><tr><td>信息内容</td><td>本年新<br/>制作数量</td><td>本年新<br/>公开数量</td><td>对外公开总数量</td></tr>"
            + "<tr><td>规章</td><td>1</td><td>2</td><td>3</td></tr><tr><td>行政规范性文件</td><td>4</td><td>5</td><td>6</td></tr></table>";
        const string Licenses = "<table><tr><td>信息内容</td><td>上一年项目数量</td><td>本年增/减</td><td>处理决定数量</td></tr>"
            + "<tr><td>行政许可</td><td>44</td><td>+2</td><td>310</td></tr></table>";
        var parts = Regex.Split(text, "(?=<table>)");
        parts[1] = Documents;
        parts[2] = Licenses;

        var result = ReferenceReports.Reader.Read(new SourceDocument(Encoding.UTF8.GetBytes(string.Concat(parts)), "page.html"));

        var cells = result.Report!.Cells.ToDictionary(cell => cell.Code);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Report.Identity.Form, Is.EqualTo("2021"));
            Assert.That(cells["disclosure.normative_documents/issued"].Value, Is.EqualTo(4));
            Assert.That(cells["disclosure.normative_documents/repealed"].State, Is.EqualTo(CellState.Missing));
            Assert.That(cells["disclosure.normative_documents/in_force"].State, Is.EqualTo(CellState.Missing));
            Assert.That((cells["disclosure.licenses/decisions"].Value, cells["disclosure.licenses/decisions"].Repair), Is.EqualTo(((decimal?)310, "label.variant+column.other_form")).Or.EqualTo(((decimal?)310, "column.other_form")));
            Assert.That(result.Findings.Select(finding => finding.Code), Does.Contain("column.other_form"));
            Assert.That(cells.Values.Count(cell => cell.State == CellState.Reported), Is.EqualTo(196));
        }
    }

    [Test]
    public void Read_RowTwiceBelowColumnsOfTheOtherForm_IsNotRead()
    {
        const string Row = "<tr><td>行政规范性文件</td><td>4</td><td>5</td><td>6</td></tr>";
        var page = Head + "<table><tr><td>信息内容</td><td>本年制发件数</td><td>本年新公开数量</td><td>对外公开总数量</td></tr>" + Row + Row.Replace("4", "7", StringComparison.Ordinal) + "</table>";
        Assert.That(Read(page).Cells.Skip(3).Take(3).Select(cell => cell.State), Is.EqualTo(new[] { CellState.Unreadable, CellState.Missing, CellState.Missing }));
    }

    [Test]
    public void Read_ColumnsOfTheOtherFormInText_AreUnreadable([Values("tabs", "pdf-raw")] string layout)
    {
        var form = FormOf("2021");
        var text = new RenderedForm(form, Numbers(form, 5), new Random(5)).Render(layout)
            .Replace("本年废止件数", "本年新公开数量", StringComparison.Ordinal)
            .Replace("现行有效件数", "对外公开总数量", StringComparison.Ordinal);
        var report = Read(text);
        Assert.That(report.Cells.Where(cell => cell.State != CellState.Reported).Select(cell => (cell.Code, cell.State)),
            Is.EqualTo(form.Cells.Take(6).Select(cell => (cell.Code, CellState.Unreadable))));
    }

    [Test]
    public void Read_RegulationsRowLost_IsMissingAndShiftsNothing([Values("html", "tabs", "cells", "pdf-raw")] string layout)
    {
        var form = FormOf("2021");
        var printed = Numbers(form, 6);
        var documents = form.Tables[0];
        var without = form with { Tables = [documents with { Rows = [documents.Rows[1] with { Labels = ["规范性文件"] }] }, .. form.Tables.Skip(1)] };
        var report = Read(new RenderedForm(without, printed, new Random(6)).Render(layout));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Cells.Take(3).Select(cell => cell.State), Has.All.EqualTo(CellState.Missing));
            Assert.That(report.Cells.Skip(3).Select(cell => cell.Value?.ToString(CultureInfo.InvariantCulture)), Is.EqualTo(form.Cells.Skip(3).Select(cell => printed[cell.Code])));
        }
    }

    [Test]
    public void Read_IndicatorsInAnotherUnit_AreConverted()
    {
        const string Page = "<h1>青禾县司法局2016年政府信息公开工作年度报告</h1><p>政府信息公开情况统计表</p><table><tr><td>统计指标</td><td>单位</td><td>统计数</td></tr>"
            + "<tr><td>七、依申请公开信息收取的费用</td><td>元</td><td>3000</td></tr><tr><td>（四）政府信息公开专项经费（单位：元）</td><td></td><td>51000</td></tr></table>";
        var cells = Read(Page).Cells.ToDictionary(cell => cell.Code);
        Assert.That((cells["request_fees.amount/value"].Value, cells["capacity.budget/value"].Value), Is.EqualTo(((decimal?)0.3m, (decimal?)5.1m)));
    }

    [Test]
    public void Read_IndicatorsOfOneName_AreToldByTheirGroupOrNotAtAll()
    {
        const string Start = "<h1>青禾县司法局2016年政府信息公开工作年度报告</h1><table><tr><td>统计指标</td><td>单位</td><td>统计数</td></tr>";
        const string Corrected = "<tr><td>（二）被依法纠错数</td><td>件</td><td>3</td></tr></table>";
        var lawsuit = Read(Start + "<tr><td>五、行政诉讼数量</td><td>件</td><td>5</td></tr>" + Corrected).Cells.ToDictionary(cell => cell.Code);
        var alone = Read(Start + Corrected).Cells.ToDictionary(cell => cell.Code);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lawsuit["litigation.corrected/value"].Value, Is.EqualTo(3));
            Assert.That(lawsuit["review.corrected/value"].State, Is.EqualTo(CellState.Missing));
            Assert.That(alone.Values.Where(cell => cell.Value is not null), Is.Empty);
        }
    }

    private static FormDefinition FormOf(string code) => ReferenceReports.Reference.Forms.Single(form => form.Code == code);

    /// <summary>The form with its optional rows printed in place of those they stand for.</summary>
    private static FormDefinition Undivided(FormDefinition form) => form with
    {
        Tables = [.. form.Tables.Select(table => table.OptionalRows.Count == 0 ? table : table with
        {
            Rows = [
                .. table.Rows.Take(table.OptionalRows[0].Place),
                table.OptionalRows[0].Row,
                .. table.Rows.Skip(table.OptionalRows[0].Place).Where(row => !table.OptionalRows[0].Replaces.Contains(row.Code)),
            ],
        })],
    };

    private static Dictionary<string, string> Numbers(FormDefinition form, int seed)
    {
        var random = new Random(seed);
        return form.Cells.ToDictionary(cell => cell.Code, cell => random.Next(1, 500).ToString(CultureInfo.InvariantCulture) + (cell.NeedsPrintedUnit ? "元" : ""));
    }

    private static ParsedReport Read(string page)
    {
        var result = ReferenceReports.Reader.Read(new SourceDocument(Encoding.UTF8.GetBytes(page), "rendered"));
        Assert.That(result.Refusal, Is.Null);
        return result.Report!;
    }
}
