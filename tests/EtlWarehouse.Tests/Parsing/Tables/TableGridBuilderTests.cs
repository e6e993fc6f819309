using EtlWarehouse.Parsing.Tables;
using FsCheck;
using FsCheck.Fluent;

namespace EtlWarehouse.Tests.Parsing.Tables;

public sealed class TableGridBuilderTests
{
    [Test]
    public void Build_RowSpan_PushesLaterCellsRight()
    {
        var grid = Grid([[("a", 2, 1), ("b", 1, 1)], [("c", 1, 1)]]);
        Assert.That(grid.Rows[1][0], Is.EqualTo(new GridCell(1, 1, 1, 1, "c")));
    }

    [Test]
    public void Build_SpanBeyondTheTable_EndsWithIt()
    {
        var grid = Grid([[("a", 99, 1)], [("b", 1, 1)]]);
        Assert.That(grid.Rows[0][0].RowSpan, Is.EqualTo(2));
    }

    [TestCase(0, 3)]          // rowspan=0: down to the end
    [TestCase(-5, 1)]
    [TestCase(1000000, 3)]    // a bomb is cut to the table
    public void Build_OddRowSpan_IsMadeSane(int span, int expected)
    {
        var grid = Grid([[("a", span, 1)], [("b", 1, 1)], [("c", 1, 1)]]);
        Assert.That(grid.Rows[0][0].RowSpan, Is.EqualTo(expected));
    }

    [Test]
    public void Build_ColumnSpanBomb_StaysBounded()
    {
        var grid = Grid([[("a", 1, 1_000_000), ("b", 1, 1)]]);
        Assert.That(grid.Rows[0][0].ColumnSpan, Is.LessThanOrEqualTo(1000));
    }

    [Test]
    public void Build_AnySpans_NoSlotIsTakenByTwoCellsOfOneRow()
    {
        var span = Gen.Choose(-1, 5);
        var cell = from down in span from across in span select ("x", down, across);
        var rows = cell.ListOf(6).ListOf(8);
        Prop.ForAll(rows.ToArbitrary(), table =>
        {
            var grid = Grid([.. table.Select(row => row.ToArray())]);
            return grid.Rows.All(row =>
            {
                var slots = row.SelectMany(own => Enumerable.Range(own.Column, own.ColumnSpan)).ToList();
                return slots.Distinct().Count() == slots.Count && slots.SequenceEqual(slots.Order());
            }) && grid.Rows.SelectMany(row => row).All(own => !Covered(grid, own));
        }).Check(Config.QuickThrowOnFailure.WithReplay(20_241_231UL, 7UL).WithMaxTest(200));
    }

    // A cell never begins in a slot that a cell of an earlier row spans down to.
    private static bool Covered(TableGrid grid, GridCell cell) => grid.Rows.SelectMany(row => row).Any(other =>
        other.Row < cell.Row && other.Row + other.RowSpan > cell.Row
        && other.Column <= cell.Column && other.Column + other.ColumnSpan > cell.Column);

    private static TableGrid Grid((string Text, int Down, int Across)[][] rows)
    {
        var builder = new TableGridBuilder(1);
        foreach (var row in rows)
        {
            builder.StartRow();
            foreach (var (text, down, across) in row)
                builder.Add(text, down, across);
        }

        return builder.Build();
    }
}
