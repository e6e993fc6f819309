using EtlWarehouse.App.Catalog;
using EtlWarehouse.App.Exports;

namespace EtlWarehouse.Tests.App.Exports;

public sealed class XlsxExportTests
{
    private static readonly ExportColumn[] Columns = [ExportColumn.Of(new CatalogColumn("word", "text", false, "词 / word"))];

    [TestCase("年报 _x", "年报 _x")]
    [TestCase("a\u0001b", "a_x0001_b")]
    [TestCase("a\rb\n\t", "a_x000D_b\n\t")]
    [TestCase("_x0041_", "_x005F_x0041_")] // else a reader would show A
    [TestCase("_x00G1_ _x0041", "_x00G1_ _x0041")]
    public void Escaped_Text_IsWhatASheetReadsBack(string text, string expected) => Assert.That(XlsxExport.Escaped(text), Is.EqualTo(expected));

    [TestCase(3, false)]
    [TestCase(2, true)]
    public void Write_MoreRowsThanASheetHolds_IsRefused(int maxRows, bool isRefused)
    {
        using var file = new MemoryStream();
        Task Export() => XlsxExport.WriteAsync(file, "mart", Columns, RowsAsync("一", "二"), default, maxRows);
        Assert.That(Export, isRefused ? Throws.TypeOf<SheetLimitException>().With.Message.StartsWith("mart: expected at most 1 rows") : Throws.Nothing);
    }

    [TestCase(32_767, false)]
    [TestCase(32_768, true)]
    public void Write_LongerTextThanACellHolds_IsRefused(int length, bool isRefused)
    {
        using var file = new MemoryStream();
        Task Export() => XlsxExport.WriteAsync(file, "mart", Columns, RowsAsync(new string('字', length)), default);
        Assert.That(Export, isRefused ? Throws.TypeOf<SheetLimitException>().With.Message.StartsWith("mart: row 2, word: expected at most 32,767") : Throws.Nothing);
    }

    private static async IAsyncEnumerable<string?[]> RowsAsync(params string[] words)
    {
        foreach (var word in words)
        {
            await Task.Yield();
            yield return [word];
        }
    }
}
