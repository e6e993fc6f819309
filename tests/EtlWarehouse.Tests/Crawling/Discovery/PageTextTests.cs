using System.Text;
using EtlWarehouse.Crawling.Discovery;

namespace EtlWarehouse.Tests.Crawling.Discovery;

public sealed class PageTextTests
{
    [TestCase("gb18030", null, "")]                                   // nothing declared
    [TestCase("gb18030", "gb2312", "")]
    [TestCase("gb18030", null, "<meta charset=\"gbk\">")]
    [TestCase("utf-8", "gb2312", "<meta charset=gb2312>")]            // both lie
    [TestCase("utf-8", null, "")]
    [TestCase("big5", "big5", "")]
    [TestCase("gb18030", "x-unknown", "")]                            // a name nobody knows
    public void Decode_Declaration_IsCheckedAgainstTheBytes(string actual, string? declared, string meta)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var page = $"<html>{meta}<body>年度報告</body></html>";
        Assert.That(PageText.Decode(Encoding.GetEncoding(actual).GetBytes(page), declared), Is.EqualTo(page));
    }

    [Test]
    public void Decode_ByteOrderMark_IsNoText() =>
        Assert.That(PageText.Decode([.. Encoding.UTF8.Preamble, .. "年报"u8], null), Is.EqualTo("年报"));

    [TestCase("  2023&nbsp;年　 年报\r\n ", "2023 年 年报")]
    [TestCase("年\0报", "年 报")]   // no column takes NUL
    public void Fold_Blanks_AreOne(string text, string expected) => Assert.That(PageText.Fold(text), Is.EqualTo(expected));
}
