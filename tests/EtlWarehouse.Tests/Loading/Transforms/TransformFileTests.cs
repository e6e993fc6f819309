using EtlWarehouse.Loading.Transforms;

namespace EtlWarehouse.Tests.Loading.Transforms;

public sealed class TransformFileTests
{
    private const string Header = "-- grain:  one thing\n-- keys:   thing_key\n-- source: stg.document, dw.dim_year\n-- rerun:  changes nothing\n";
    private const string Body = "insert into dw.thing select 1 from stg.document, dw.dim_year;\n";

    [Test]
    public void Parse_HeaderThatMatches_GivesItsSources() =>
        Assert.That(Parse(Header + Body).Sources, Is.EqualTo(new[] { "stg.document", "dw.dim_year" }));

    [TestCase("insert into dw.thing select 1 from stg.document, dw.dim_year, dw.dim_cell;", "dw.dim_cell", "source, before or writes")]
    [TestCase("insert into dw.thing select 1 from stg.document;", "dw.dim_year", "only in the header")]
    public void Parse_StatementsThatContradictTheHeader_NameTheObject(string body, string name, string where) =>
        Assert.That(() => Parse(Header + body), Throws.TypeOf<TransformException>().With.Message.Contains(name).And.Message.Contains(where));

    [TestCase("-- dw.dim_cell is not read\n")]          // a comment
    [TestCase("select 'dw.dim_cell';\n")]               // a literal
    [TestCase("select dw.natural_key('a');\n")]         // a function
    [TestCase("select null::dw.cell_state;\n")]         // a type
    [TestCase("insert into dw.thing select 2;\n")]      // the object itself
    public void Parse_WhatIsNoTable_NeedsNoSource(string addition) =>
        Assert.That(Parse(Header + Body + addition).Sources, Has.Count.EqualTo(2));

    [TestCase("grain")]
    [TestCase("keys")]
    [TestCase("source")]
    [TestCase("rerun")]
    public void Parse_HeaderLineMissing_IsNamed(string line)
    {
        var header = string.Join('\n', Header.Split('\n').Where(text => !text.StartsWith($"-- {line}:", StringComparison.Ordinal)));
        Assert.That(() => Parse(header + Body), Throws.TypeOf<TransformException>().With.Message.Contains($"'-- {line}: ...'"));
    }

    [Test]
    public void Of_SourcesAndBefores_DecideTheOrder()
    {
        var order = TransformOrder.Of([Make("dw.a", ["ops.set"], []), Make("dw.b", ["dw.a", "stg.document"], []), Make("ops.set", [], ["dw.b"])]);
        Assert.That(order.Select(transform => transform.Name), Is.EqualTo(new[] { "ops.set", "dw.a", "dw.b" }));
    }

    [Test]
    public void Of_Circle_IsRefusedWithItsNames() =>
        Assert.That(
            () => TransformOrder.Of([Make("dw.a", ["dw.b"], []), Make("dw.b", ["dw.c"], []), Make("dw.c", ["dw.a"], [])]),
            Throws.TypeOf<TransformException>().With.Message.Contains("dw.a <- dw.b <- dw.c <- dw.a"));

    // Reading an object as the last run left it and making it from the result is no circle; needing it before and after is.
    [Test]
    public void Of_CircleThroughBefore_IsRefused()
    {
        Assert.That(() => TransformOrder.Of([Make("dw.a", [], ["dw.c"]), Make("dw.c", ["dw.a"], [])]), Throws.Nothing);
        Assert.That(() => TransformOrder.Of([Make("dw.a", ["dw.c"], ["dw.c"]), Make("dw.c", [], [])]), Throws.TypeOf<TransformException>());
    }

    private static TransformFile Parse(string text) => TransformFile.Parse("dw.thing", text, []);

    private static TransformFile Make(string name, string[] sources, string[] befores) => new(name, $"{name}.sql", "", sources, befores, []);
}
