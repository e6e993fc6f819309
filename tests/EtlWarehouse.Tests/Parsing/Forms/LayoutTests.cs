using System.Globalization;
using System.Text;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Forms;
using FsCheck;
using FsCheck.Fluent;

namespace EtlWarehouse.Tests.Parsing.Forms;

/// <summary>Whatever the numbers and wherever the labels wrap, each layout gives back exactly what was printed.</summary>
public sealed class LayoutTests
{
    private static readonly FormDefinition Form = ReferenceReports.Reference.Forms.Single(form => form.Code == "2021");

    // The same cases on every run; a failure names its seed.
    private static Config Repeatable => Config.QuickThrowOnFailure.WithReplay(20_241_231UL, 7UL);

    [Test]
    public void Read_AnyValuesInAnyLayout_GivesThemBack(
        [ValueSource(typeof(RenderedForm), nameof(RenderedForm.Layouts))] string layout, [ValueSource(nameof(Forms))] string code)
    {
        var form = FormOf(code);
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var printed = form.Cells.ToDictionary(cell => cell.Code, cell => Number(random, cell));
            var differences = Differences(form, layout, printed, random);
            Assert.That(differences, Is.Empty, $"seed {seed}");
            return true;
        }).Check(Repeatable.WithMaxTest(40));
    }

    // Blanks survive only where cells have borders.
    [Test]
    public void Read_BlanksAndDashes_KeepTheirPlaceAndAreNoZeros(
        [Values("html", "tabs", "cells")] string layout, [ValueSource(nameof(Forms))] string code)
    {
        var form = FormOf(code);
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var printed = form.Cells.ToDictionary(
                cell => cell.Code,
                // The first and last value of a row stay, so that a row that also has empty fields at its ends is certain.
                cell => (layout == "html" || IsInner(form, cell)) && random.Next(3) == 0 ? (random.Next(2) == 0 ? "" : "—") : Number(random, cell));
            Assert.That(Differences(form, layout, printed, random), Is.Empty, $"seed {seed}");
            return true;
        }).Check(Repeatable.WithMaxTest(40));
    }

    [Test]
    public void Read_ARowThatLostValues_IsUnreadableAndNeverShifted([Values("tabs", "cells", "pdf-raw", "pdf-layout")] string layout)
    {
        var random = new Random(11);
        var printed = Form.Cells.ToDictionary(cell => cell.Code, _ => Number(random));
        var rendered = new RenderedForm(Form, printed, random).Render(layout);
        // One value less in the row 予以公开.
        var row = Form.Cells.Where(cell => cell.Row == "requests.result.granted").Select(cell => printed[cell.Code]).ToList();
        var separator = layout switch { "tabs" => "\t", "cells" => "\n\t", _ => "   " };
        var damaged = rendered.Replace(string.Join(separator, row), string.Join(separator, row.Take(2).Concat(row.Skip(3))), StringComparison.Ordinal);
        Assert.That(damaged, Is.Not.EqualTo(rendered));

        var report = ReferenceReports.Reader.Read(new SourceDocument(Encoding.UTF8.GetBytes(damaged), "damaged.txt")).Report!;

        Assert.That(report.Cells.Where(cell => cell.Code.StartsWith("requests.result.granted/", StringComparison.Ordinal)),
            Has.All.Matches<CellReading>(cell => cell is { State: CellState.Unreadable, Value: null }));
        Assert.That(report.Cells.Count(cell => cell.State == CellState.Reported), Is.EqualTo(193));
    }

    [Test]
    public void Read_RowsInAnotherOrder_ReadsThemByTheirLabels()
    {
        var random = new Random(5);
        var printed = Form.Cells.ToDictionary(cell => cell.Code, _ => Number(random));
        var lines = new RenderedForm(Form, printed, random).Render("tabs").Split('\n').ToList();
        var secret = lines.FindIndex(line => line.Contains("1.属于国家秘密", StringComparison.Ordinal));
        var third = lines.FindIndex(line => line.Contains("4.保护第三方合法权益", StringComparison.Ordinal));
        (lines[secret], lines[third]) = (lines[third], lines[secret]);

        Assert.That(Differences(string.Join('\n', lines), printed), Is.Empty);
    }

    [Test]
    public void Read_HeaderInAnotherOrder_FollowsTheHeader()
    {
        var random = new Random(6);
        var printed = Form.Cells.ToDictionary(cell => cell.Code, _ => Number(random));
        const string Page = "<h1>青禾县司法局2023年政府信息公开工作年度报告</h1><table><tr><td>信息内容</td><td>现行有效件数</td><td>本年制发件数</td><td>本年废止件数</td></tr>"
            + "<tr><td>规章</td><td>11</td><td>1</td><td>0</td></tr><tr><td>行政规范性文件</td><td>66</td><td>8</td><td>26</td></tr></table>";
        var report = ReferenceReports.Reader.Read(new SourceDocument(Encoding.UTF8.GetBytes(Page), "page.html")).Report!;
        Assert.That(
            report.Cells.Take(6).Select(cell => (cell.Value, cell.Repair)),
            Is.EqualTo(new (decimal?, string?)[] { (1, "column.reordered"), (0, "column.reordered"), (11, "column.reordered"), (8, "column.reordered"), (26, "column.reordered"), (66, "column.reordered") }));
    }

    [Test]
    public void Read_SameRowTwiceWithOtherNumbers_IsUnreadable()
    {
        const string Page = "<h1>青禾县司法局2023年政府信息公开工作年度报告</h1><table><tr><td>信息内容</td><td>本年处理决定数量</td></tr>"
            + "<tr><td>行政处罚</td><td>31</td></tr><tr><td>行政处罚</td><td>13</td></tr></table>";
        var report = ReferenceReports.Reader.Read(new SourceDocument(Encoding.UTF8.GetBytes(Page), "page.html")).Report!;
        Assert.That(report.Cells.Single(cell => cell.Code == "disclosure.penalties/decisions"), Has.Property(nameof(CellReading.State)).EqualTo(CellState.Unreadable));
    }

    [TestCase("本年收费金额（单位：万元）", "12.5", 12.5, null)]
    [TestCase("本年收费金额（单位：元）", "125000", 12.5, "unit.converted")]
    [TestCase("本年收费金额（单位：万元）", "125000元", 12.5, "unit.converted")] // the cell's own unit has the last word
    [TestCase("本年收费金额（单位：元）", "12.5万元", 12.5, null)]
    public void Read_Fees_AreInTheFormsUnit(string header, string printed, double value, string? repair)
    {
        var page = $"<h1>青禾县司法局2023年政府信息公开工作年度报告</h1><table><tr><td>信息内容</td><td>{header}</td></tr><tr><td>行政事业性收费</td><td>{printed}</td></tr></table>";
        var report = ReferenceReports.Reader.Read(new SourceDocument(Encoding.UTF8.GetBytes(page), "page.html")).Report!;
        var fees = report.Cells.Single(cell => cell.Code == "disclosure.fees/amount");
        Assert.That((fees.Value, fees.Raw, fees.Repair), Is.EqualTo(((decimal?)value, printed, repair)));
    }

    private static IEnumerable<string> Forms => ReferenceReports.Reference.Forms.Select(form => form.Code);

    private static FormDefinition FormOf(string code) => ReferenceReports.Reference.Forms.Single(form => form.Code == code);

    private static bool IsInner(FormDefinition form, FormCell cell)
    {
        var table = form.Tables.Single(candidate => candidate.Code == cell.Table);
        if (table.IsOneRow)
            return cell.Code != $"{table.Rows[0].Code}/{table.Columns[0].Code}" && cell.Code != $"{table.Rows[^1].Code}/{table.Columns[^1].Code}";
        return cell.Column != table.Columns[0].Code && cell.Column != table.Columns[^1].Code;
    }

    private static string Number(Random random, FormCell cell) => cell switch
    {
        { NeedsPrintedUnit: true } => Number(random) + (random.Next(2) == 0 ? "元" : "万元"),
        { Kind: CellKind.Change } => (random.Next(3) switch { 0 => "+", 1 => "-", _ => "" }) + Number(random),
        { Kind: CellKind.Amount } => Number(random) + (random.Next(2) == 0 ? ".5" : ""),
        _ => Number(random),
    };

    private static string Number(Random random) =>
        random.Next(10) < 4 ? "0" : random.Next(1, (int)Math.Pow(10, random.Next(1, 7))).ToString(CultureInfo.InvariantCulture);

    private static List<string> Differences(FormDefinition form, string layout, Dictionary<string, string> printed, Random random) =>
        Differences(new RenderedForm(form, printed, random).Render(layout), printed, form.Code);

    private static List<string> Differences(string rendered, Dictionary<string, string> printed, string form = "2021")
    {
        var result = ReferenceReports.Reader.Read(new SourceDocument(Encoding.UTF8.GetBytes(rendered), "rendered"));
        Assert.That(result.Refusal, Is.Null);
        Assert.That(result.Report!.Identity.Form, Is.EqualTo(form));
        var read = result.Report!.Cells.ToDictionary(cell => cell.Code);
        return
        [
            .. printed.Where(cell => read[cell.Key] is var found && (found.State, found.Value) != Expected(cell.Value))
                .Select(cell => $"{cell.Key}: expected '{cell.Value}', found {read[cell.Key]}"),
            .. read.Keys.Except(printed.Keys).Select(code => $"{code}: expected no such cell"),
        ];
    }

    private static (CellState State, decimal? Value) Expected(string printed) => printed switch
    {
        "" => (CellState.Blank, null),
        "—" => (CellState.NotApplicable, null),
        _ => (CellState.Reported, decimal.Parse(printed.TrimEnd('万', '元'), CultureInfo.InvariantCulture) * (printed.EndsWith("万元", StringComparison.Ordinal) ? 10_000 : 1)),
    };
}
