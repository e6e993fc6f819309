using System.Text;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Documents;
using EtlWarehouse.Parsing.Forms;
using EtlWarehouse.Parsing.Tables;

namespace EtlWarehouse.Tests.Parsing.Forms;

/// <summary>What the reader does beyond the plain reading: it names each repair and keeps what is printed.</summary>
public sealed class RepairsTests
{
    private static readonly FormDefinition Form = ReferenceReports.Reference.Forms.Single(form => form.Code == "2021");

    private static readonly Dictionary<string, string> Values = new()
    {
        ["requests.new/natural_person"] = "12", ["requests.new/business_enterprise"] = "3", ["requests.new/total"] = "15",
        ["requests.result.granted/natural_person"] = "12", ["requests.result.granted/business_enterprise"] = "3", ["requests.result.granted/total"] = "15",
        ["requests.result.total/natural_person"] = "12", ["requests.result.total/business_enterprise"] = "3", ["requests.result.total/total"] = "15",
    };

    [TestCase("tabs", "12\t3", "123", "cell.glued", "123", "123")]      // two numbers in one cell
    [TestCase("cells", "12\n\t3", "123", "cell.glued", "123", "123")]
    [TestCase("pdf-raw", "12   3", "123", "cell.glued", "123", "123")]
    [TestCase("tabs", "12\t3", "1\t2\t3", "cell.split", "1 2", "3")]     // one number in two cells
    [TestCase("pdf-raw", "12   3", "1   2   3", "cell.split", "1 2", "3")]
    [TestCase("tabs", "12\t3", "1 2\t3", "cell.split", "1 2", "3")]      // one number with a blank in it
    [TestCase("html", "<td><p><span>12</span></p></td>", "<td><p><span>1&nbsp;2</span></p></td>", "cell.split", "1\u00A02", "3")]
    [TestCase("pdf-raw", "12   3", "12   7   3", "cell.extra", "12", "3")] // a page number among them
    public void Read_OneReadingOnly_IsTakenAndNamed(string layout, string printed, string damaged, string repair, string rawFirst, string rawSecond)
    {
        var text = Render(layout);
        var row = text.IndexOf("予以公开", StringComparison.Ordinal);
        var at = text.IndexOf(printed, row, StringComparison.Ordinal);
        var report = Read(text[..at] + damaged + text[(at + printed.Length)..]);

        var cells = report.Cells.ToDictionary(cell => cell.Code);
        var (first, second) = (cells["requests.result.granted/natural_person"], cells["requests.result.granted/business_enterprise"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((first.Value, first.Raw, second.Value, second.Raw), Is.EqualTo(((decimal?)12m, rawFirst, (decimal?)3m, rawSecond)));
            Assert.That(first.Repair, Does.Contain(repair));
            Assert.That(first.Locator, Is.Not.Empty);
            Assert.That(report.Cells.Where(cell => cell.State != CellState.Reported), Is.Empty);
        }
    }

    // 9 new of natural persons, nothing answered: 1|8 and 18 are both possible where the row's total is lost as well.
    [TestCase("1 2", "15", "cell.split")]
    [TestCase("1 2", "16", null)] // no sum holds
    [TestCase("1 2", "", null)]   // no sum can be judged
    public void Read_DigitsApart_AreOneNumberOnlyWhereTheSumsSaySo(string printed, string total, string? repair)
    {
        var values = Form.Cells.ToDictionary(cell => cell.Code, cell => Values.GetValueOrDefault(cell.Code, "0"));
        values["requests.new/natural_person"] = printed;
        values["requests.new/total"] = total;
        foreach (var code in new[] { "requests.result.total/natural_person", "requests.result.granted/natural_person" })
            values[code] = "";
        var cells = Read(new RenderedForm(Form, values, new Random(1)).Render("html")).Cells.ToDictionary(cell => cell.Code);
        Assert.That((cells["requests.new/natural_person"].Value, cells["requests.new/natural_person"].Repair, cells["requests.new/natural_person"].Raw),
            Is.EqualTo((repair is null ? (decimal?)null : 12m, repair, printed)));
        Assert.That(cells["requests.new/business_enterprise"].Value, Is.EqualTo(3));
    }

    [Test]
    public void Read_RowCutByAPageBreak_IsJoinedAndNamed()
    {
        GridCell[] Row(int row, string page, params string[] texts) =>
            [.. texts.Select((text, column) => new GridCell(row, column, 1, 1, text) { Page = page })];
        var grid = new TableGrid(1,
        [
            Row(0, "page[1]/", "1.信访举报投诉类申请", "0", "0", "0", "0", "0", "0", "0"),
            Row(1, "page[1]/", "5.要求行政机关确认或重新", "4", "1", "0", "0", "0", "0", "5"),
            Row(2, "page[2]/", "出具已获取信息", "", "", "", "", "", "", ""),
        ]);
        var document = new DocumentContent("application/pdf", null, [new TableBlock(grid)], null, new Dictionary<string, string>(), []);
        var reading = new FormReader(Form, ReferenceReports.Reference.Forms).Read(document);
        var joined = reading.Cells.Where(cell => cell.Code.StartsWith("requests.result.not_processed.confirm_or_reissue/", StringComparison.Ordinal)).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(joined.Select(cell => cell.Value), Is.EqualTo(new decimal?[] { 4, 1, 0, 0, 0, 0, 5 }));
            Assert.That(joined.Select(cell => cell.Repair), Has.All.EqualTo("row.joined"));
            Assert.That(reading.Cells.Single(cell => cell.Code == "requests.result.not_processed.petition_or_complaint/total").Repair, Is.Null);
            Assert.That(reading.Findings.Select(finding => finding.Code), Does.Contain("row.joined"));
        }
    }

    [TestCase("（一）予以公开", "(一) 予以公开", null)]                   // brackets and blanks are no repair
    [TestCase("5.属于三类内部事务信息", "5.属于三类内部事物信息", "label.variant")]
    [TestCase("3.危及“三安全一稳定”", "3. 危及三安全一稳定", null)]
    public void Read_LabelWrittenOtherwise_IsNamedWhereItsWordsDiffer(string label, string written, string? repair)
    {
        var text = Render("tabs");
        Assert.That(text, Does.Contain(label));
        var row = Form.Cells.Single(cell => cell.Column == "total" && cell.RowLabel == label).Row;
        Assert.That(Read(text.Replace(label, written, StringComparison.Ordinal)).Cells.Single(cell => cell.Code == row + "/total").Repair, Is.EqualTo(repair));
    }

    [TestCase("（一）予以公开", CellState.Reported, "label.lost")] // three sums confirm its figures
    [TestCase("1.属于国家秘密", CellState.Missing, null)]           // zeros confirm nothing: it may be a row of the agency's own
    public void Read_RowUnderAStrangersLabel_IsTakenOnlyWhereFiguresConfirmIt(string label, CellState state, string? repair)
    {
        var page = Render("html");
        Assert.That(page, Does.Contain(label));
        var row = Form.Cells.Single(cell => cell.Column == "total" && cell.RowLabel == label).Row;
        var cell = Read(page.Replace(label, "其他处理情况", StringComparison.Ordinal)).Cells.Single(cell => cell.Code == row + "/total");
        Assert.That((cell.State, cell.Repair), Is.EqualTo((state, repair)));
    }

    private static string Render(string layout) =>
        new RenderedForm(Form, Form.Cells.ToDictionary(cell => cell.Code, cell => Values.GetValueOrDefault(cell.Code, "0")), new Random(1)).Render(layout);

    private static ParsedReport Read(string text)
    {
        var result = ReferenceReports.Reader.Read(new SourceDocument(Encoding.UTF8.GetBytes(text), "report"));
        Assert.That(result.Refusal, Is.Null);
        return result.Report!;
    }
}
