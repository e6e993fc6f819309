using System.Text;
using EtlWarehouse.Crawling.Discovery;

namespace EtlWarehouse.Tests.Crawling.Discovery;

public sealed class ReportPageTests
{
    private const string Long = "主动公开方面的情况很多。";

    [TestCase("<p>全文见附件</p><a href='/1.txt'>报告.txt</a>", new[] { "/1.txt" })]
    [TestCase("<p>全文见附件</p><a href='/1.PDF'>下载</a>", new[] { "/1.PDF" })]
    [TestCase("<p>一、本年新收政府信息公开申请数量</p><a href='/1.pdf'>报告.pdf</a>", new string[0])]   // the page is the report
    [TestCase("<a href='/1.doc'>甲局2023年政府信息公开工作年度报告.doc</a><a href='/2.doc'>申请表.doc</a>", new[] { "/1.doc" })]
    [TestCase("<p>没有附件</p><a href='/other.html'>其他</a>", new string[0])]
    public void Attachments_Page_LeadsToThem(string html, string[] expected) =>
        Assert.That(Attachments(html), Is.EqualTo(expected));

    [Test]
    public void Attachments_LongProse_IsTheReport() =>
        Assert.That(Attachments($"<p>{string.Concat(Enumerable.Repeat(Long, 150))}</p><a href='/1.pdf'>报告.pdf</a>"), Is.Empty);

    [Test]
    public void Attachments_LongScript_IsNoProse() => Assert.That(
        Attachments($"<script>var a='{string.Concat(Enumerable.Repeat(Long, 150))}'</script><a href='/1.pdf'>报告.pdf</a>"), Is.EqualTo(new[] { "/1.pdf" }));

    private static IEnumerable<string> Attachments(string html) => ReportPage
        .Attachments(new ListAnswer(new Uri("http://a.test/p.html"), Encoding.UTF8.GetBytes(html), "text/html"))
        .Select(attachment => attachment.Url.AbsolutePath);
}
