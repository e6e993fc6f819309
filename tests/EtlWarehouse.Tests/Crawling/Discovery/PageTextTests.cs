using EtlWarehouse.Crawling.Discovery;

namespace EtlWarehouse.Tests.Crawling.Discovery;

public sealed class PageTextTests
{
    [TestCase("  2023&nbsp;年　 年报\r\n ", "2023 年 年报")]
    [TestCase("年\0报", "年 报")]   // no column takes NUL
    public void Fold_Blanks_AreOne(string text, string expected) => Assert.That(PageText.Fold(text), Is.EqualTo(expected));
}
