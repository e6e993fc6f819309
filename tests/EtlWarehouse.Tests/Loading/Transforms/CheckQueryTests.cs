using EtlWarehouse.Loading.Transforms;

namespace EtlWarehouse.Tests.Loading.Transforms;

public sealed class CheckQueryTests
{
    [Test]
    public void ParseAll_TwoBlocks_GivesNameSeverityAndQuery()
    {
        var checks = CheckQuery.ParseAll("f", "-- check: first one\n-- severity: fail\nselect 1\nwhere false;\n\n-- check: second\n-- severity: warn\n-- why\nselect 2;\n");
        Assert.That(
            checks.Select(check => (check.Name, check.IsFatal, check.Sql)),
            Is.EqualTo(new[] { ("first one", true, "select 1\nwhere false;"), ("second", false, "-- why\nselect 2;") }));
    }

    [TestCase("")]
    [TestCase("select 1;")]
    [TestCase("-- check: a\nselect 1;")]                                          // no severity
    [TestCase("-- check: a\n-- severity: maybe\nselect 1;")]                      // no such severity
    [TestCase("-- check: a\n-- severity: fail\n")]                                // no query
    [TestCase("-- check: a\n-- severity: fail\n-- check: b\n-- severity: fail\nselect 1;")]
    public void ParseAll_IncompleteBlock_IsRefused(string text) =>
        Assert.That(() => CheckQuery.ParseAll("dw/x/checks.sql", text), Throws.TypeOf<TransformException>().With.Message.StartsWith("dw/x/checks.sql:"));
}
