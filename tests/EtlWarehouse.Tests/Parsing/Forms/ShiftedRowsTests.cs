using System.Globalization;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Documents;
using EtlWarehouse.Parsing.Forms;
using EtlWarehouse.Parsing.Tables;

namespace EtlWarehouse.Tests.Parsing.Forms;

/// <summary>A row that lost a cell looks like one whose last cell was left empty: it is read only where it can be nothing else.</summary>
public sealed class ShiftedRowsTests
{
    private const string Granted = "requests.result.granted", Partly = "requests.result.partly_granted";

    private static readonly FormDefinition Form = ReferenceReports.Reference.Forms.Single(form => form.Code == "2021");

    private static readonly FormTable Requests = Form.Tables.Single(table => table.Section == "requests");

    // The other row has empty cells too, so that an empty one is nothing rare.
    [TestCase("258 12 _ _ 1 1 _", true)]    // 1 cannot be the total of 258 and 12
    [TestCase("5 7 3 0 0 2 _", true)]
    [TestCase("5 _ _ _ _ _ _", true)]
    [TestCase("5 7 3 0 0 15 _", false)]     // 15 may be the total, and the 0 of any column lost
    [TestCase("5 7 _ 0 0 15 _", false)]
    [TestCase("5 0 0 0 0 15 _", false)]     // a 10 lost
    [TestCase("1 2 31 0 0 7 _", false)]     // 3 and 1 in one cell
    [TestCase("0 0 0 0 0 0 _", false)]
    public void Read_EmptyTotalWhereOnlySlotsAreStated_IsReadUnlessNumbersMayBeShifted(string printed, bool isRead)
    {
        var read = Read(hasSlotsOnly: true, (Granted, printed), (Partly, "3 _ 4 _ _ _ _"));
        if (isRead)
        {
            Assert.That(Values(read, Granted), Is.EqualTo(Numbers(printed)));
            return;
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(States(read, Granted), Has.All.EqualTo(CellState.Unreadable));
            Assert.That(read.Findings.Single(finding => finding.Code == "row.undecided").Message, Does.Contain(Granted));
            Assert.That(Values(read, Partly), Is.EqualTo(Numbers("3 _ 4 _ _ _ _")));
        }
    }

    [Test]
    public void Read_OnlyEmptyCellOfAllRowsIsATotal_RefusesItsRow()
    {
        var read = Read(hasSlotsOnly: true, (Granted, "5 7 3 0 0 2 _"), (Partly, "3 0 4 0 0 0 7"));
        Assert.That(States(read, Granted), Has.All.EqualTo(CellState.Unreadable));
        Assert.That(Values(read, Partly), Is.EqualTo(Numbers("3 0 4 0 0 0 7")));
    }

    // A page and a text document state their cells: a row that lost one is shorter.
    [Test]
    public void Read_EmptyTotalWhereCellsAreStated_IsRead() =>
        Assert.That(Values(Read(hasSlotsOnly: false, (Granted, "5 7 3 0 0 15 _"), (Partly, "3 0 4 0 0 0 7")), Granted), Is.EqualTo(Numbers("5 7 3 0 0 15 _")));

    // The label stands in the column of the groups, its own place is empty, and 0 and 5 share a cell.
    [Test]
    public void Read_LabelAsideAndAValueTooFew_DoesNotTakeTheLabelsPlaceForAValue()
    {
        string[] values = ["9", "05", "0", "0", "57", "71"];
        var cells = new List<GridCell> { new(2, 0, 1, 1, Label(Partly)), new(2, 1, 1, 1, "") };
        cells.AddRange(values.Select((text, index) => new GridCell(2, index + (index > 1 ? 3 : 2), 1, index == 1 ? 2 : 1, text)));
        var read = Read(new TableGrid(1, [Header(0, 2), [new(1, 0, 1, 1, ""), .. Row(1, 1, Label(Granted), Numbers("1 0 0 0 0 2 3"))], cells]));
        Assert.That(Values(read, Partly), Is.EqualTo(Numbers("9 0 5 0 0 57 71")));
    }

    // 2 + 1 + 0 + 1 + 2 + 1 = 7, but 11 may as well be lost in front of them.
    [Test]
    public void Read_OneNumberTooFew_IsNotGluedByASingleSum() =>
        Assert.That(States(Read(hasSlotsOnly: false, (Granted, "2 1 0 1 2 17")), Granted), Has.All.EqualTo(CellState.Unreadable));

    [Test]
    public void Read_NeighbourIsShifted_FollowsTheHeader()
    {
        var read = Read(Documents(("", 1), ("370", 1), ("582", 1), ("", 1)));
        Assert.That(DocumentColumns.Select(column => Cell(read, $"disclosure.regulations/{column.Code}").Value), Is.EqualTo(new decimal?[] { null, 370, 582 }));
    }

    // Two numbers share a cell over two columns, so that the last one stands below the last column and an empty slot beside it.
    [Test]
    public void Read_NumbersBelowOtherColumnsThanTheirOwn_AreRefused()
    {
        var read = Read(Documents(("588", 2), ("76", 1), ("", 1)));
        Assert.That(DocumentColumns.Select(column => Cell(read, $"disclosure.regulations/{column.Code}").State), Has.All.EqualTo(CellState.Unreadable));
    }

    /// <summary>The first table of the form above a row that has one cell too many in front, and above it the row in question.</summary>
    private static TableGrid Documents(params (string Text, int Span)[] values)
    {
        var table = Form.Tables.Single(table => table.Code == "s2.documents");
        GridCell[] Line(int row, params (string Text, int Span)[] cells) =>
            [.. cells.Select((cell, index) => new GridCell(row, cells.Take(index).Sum(before => before.Span), 1, cell.Span, cell.Text))];
        return new TableGrid(1,
        [
            Line(0, [("信息内容", 1), .. table.Columns.Select(column => (column.Labels[0], 1)), ("", 1)]),
            Line(1, [(table.Rows[0].Labels[0], 1), .. values]),
            Line(2, [(table.Rows[1].Labels[0], 1), ("", 1), ("5", 1), ("6", 1), ("7", 1)]),
        ]) { HasSlotsOnly = true };
    }

    private static IReadOnlyList<FormColumn> DocumentColumns => Form.Tables.Single(table => table.Code == "s2.documents").Columns;

    private static FormReading Read(bool hasSlotsOnly, params (string Row, string Printed)[] rows) =>
        Read(new TableGrid(1, [Header(0, 1), .. rows.Select((row, index) => Row(index + 1, 0, Label(row.Row), Numbers(row.Printed)))]) { HasSlotsOnly = hasSlotsOnly });

    private static FormReading Read(TableGrid grid) => new FormReader(Form, ReferenceReports.Reference.Forms)
        .Read(new DocumentContent("application/pdf", null, [new TableBlock(grid)], null, new Dictionary<string, string>(), []));

    private static GridCell[] Header(int row, int from) =>
        [.. Requests.Columns.Select((column, index) => new GridCell(row, from + index, 1, 1, column.Labels[0]))];

    private static GridCell[] Row(int row, int from, string label, IReadOnlyList<decimal?> values) =>
        [new(row, from, 1, 1, label), .. values.Select((value, index) => new GridCell(row, from + index + 1, 1, 1, value?.ToString(CultureInfo.InvariantCulture) ?? ""))];

    private static string Label(string row) => Requests.Rows.Single(known => known.Code == row).Labels[0];

    private static decimal?[] Numbers(string printed) => [.. printed.Split(' ').Select(text => text == "_" ? (decimal?)null : decimal.Parse(text, CultureInfo.InvariantCulture))];

    private static CellReading Cell(FormReading read, string code) => read.Cells.Single(cell => cell.Code == code);

    private static IEnumerable<decimal?> Values(FormReading read, string row) => Requests.Columns.Select(column => Cell(read, $"{row}/{column.Code}").Value);

    private static IEnumerable<CellState> States(FormReading read, string row) => Requests.Columns.Select(column => Cell(read, $"{row}/{column.Code}").State);
}
