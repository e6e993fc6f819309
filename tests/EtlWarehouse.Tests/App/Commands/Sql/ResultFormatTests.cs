using EtlWarehouse.App.Commands.Sql;

namespace EtlWarehouse.Tests.App.Commands.Sql;

public sealed class ResultFormatTests
{
    private static readonly ResultColumn Name = new("name", ResultKind.Text);
    private static readonly ResultColumn Amount = new("amount", ResultKind.Number);

    [TestCase("淄博市司法局", "淄博市司法局")]
    [TestCase("a,b", "\"a,b\"")]
    [TestCase("say \"x\"", "\"say \"\"x\"\"\"")]
    [TestCase("two\nlines", "\"two\nlines\"")]
    [TestCase("", "\"\"")]     // an empty text is not null
    [TestCase(null, "")]
    public void CsvLine_Field_IsQuotedWhereNeeded(string? field, string expected) =>
        Assert.That(CsvResult.Line([field, "1"]), Is.EqualTo(expected + ",1\r\n"));

    [TestCase(ResultKind.Number, "0.10", "0.10")]                                                    // every digit stays
    [TestCase(ResultKind.Number, "123456789012345678901234567890.5", "123456789012345678901234567890.5")]
    [TestCase(ResultKind.Number, "-3", "-3")]
    [TestCase(ResultKind.Number, "1e-07", "1e-07")]
    [TestCase(ResultKind.Number, "NaN", "\"NaN\"")]                                                  // no number in JSON
    [TestCase(ResultKind.Number, "-Infinity", "\"-Infinity\"")]
    [TestCase(ResultKind.Truth, "t", "true")]
    [TestCase(ResultKind.Truth, "f", "false")]
    [TestCase(ResultKind.Json, "{\"a\": [1]}", "{\"a\": [1]}")]
    [TestCase(ResultKind.Text, "司法 \"局\"", "\"司法 \\\"局\\\"\"")]
    [TestCase(ResultKind.Text, "7", "\"7\"")]
    [TestCase(ResultKind.Number, null, "null")]
    public void JsonObject_Value_KeepsItsKind(object kind, string? text, string expected) =>
        Assert.That(JsonResult.Object([new ResultColumn("x", (ResultKind)kind)], [text]), Is.EqualTo($"{{\"x\":{expected}}}"));

    [Test]
    public async Task JsonWrite_Rows_AreOneArray()
    {
        Assert.That(await WriteAsync((output, rows) => JsonResult.WriteAsync(output, [Name, Amount], rows, default), ["a", "1"], ["b", null]),
            Is.EqualTo("[\n{\"name\":\"a\",\"amount\":1},\n{\"name\":\"b\",\"amount\":null}\n]\n"));
    }

    [Test]
    public async Task JsonWrite_NoRows_IsAnEmptyArray() =>
        Assert.That(await WriteAsync((output, rows) => JsonResult.WriteAsync(output, [Name], rows, default)), Is.EqualTo("[]\n"));

    [Test]
    public async Task TableWrite_ChineseText_AlignsByWidth()
    {
        using var output = new StringWriter { NewLine = "\n" };
        await TableResult.WriteAsync(output, [Name, Amount], [["司法局", "1"], ["abc", "12.50"], [null, null], ["a\nb", "0"]]);
        Assert.That(output.ToString(), Is.EqualTo("""
            name   | amount
            -------+-------
            司法局 |      1
            abc    |  12.50
                   |
            a↵b    |      0

            """));
    }

    [Test]
    public void Unlike_RepeatedNames_GetNumbers() =>
        Assert.That(ResultColumn.Unlike(["a", "a", "a_2", "a"]), Is.EqualTo(new[] { "a", "a_2", "a_2_2", "a_3" }));

    private static async Task<string> WriteAsync(Func<TextWriter, IAsyncEnumerable<string?[]>, Task> write, params string?[][] rows)
    {
        using var output = new StringWriter();
        await write(output, rows.ToAsyncEnumerable());
        return output.ToString();
    }
}
