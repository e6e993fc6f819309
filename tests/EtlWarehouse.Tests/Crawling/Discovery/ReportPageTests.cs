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

    [TestCase("<iframe src='/generic2/web/viewer.html?file=/a/P0.pdf'></iframe>", new[] { "/a/P0.pdf" })]
    [TestCase("<IFRAME width=100% src=\"/pdf/web/viewer.html?file=http%3A%2F%2Fa.test%2Fa%2FP0.pdf&page=1\"></IFRAME>", new[] { "/a/P0.pdf" })]
    [TestCase("<embed src=P0.ofd>", new[] { "/P0.ofd" })]
    [TestCase("<a href='/system/_content/download.jsp?wbfileid=7'>附件【年报.docx】.docx</a>", new[] { "/system/_content/download.jsp" })]
    [TestCase("<a href='share.sina'>微博</a><a href='./qzbFile'>下载</a><a href='/logoutUrl'>退出</a><a href='el.url'>附件</a>", new string[0])]   // hooks of scripts
    public void Read_FileShownOrHooked_IsToldApart(string html, string[] expected) => Assert.That(Attachments(html), Is.EqualTo(expected));

    [Test]
    public void Read_TextBesideItsFacsimile_IsOneReportInTwoRenditions()
    {
        var parts = ReportPage.Read(Page("<p>一、本年新收政府信息公开申请数量</p><iframe src='/web/viewer.html?file=/1.pdf'></iframe>"), 2022);
        Assert.That((parts.IsReport, parts.Files.Single().Url.AbsolutePath), Is.EqualTo((true, "/1.pdf")));
    }

    [TestCase(2018, true)]    // in prose alone
    [TestCase(2022, false)]   // the tables can only stand in the file
    public void Read_LongProseWithFile_DependsOnTheForm(int year, bool isReport) => Assert.That(
        ReportPage.Read(Page($"<p>{string.Concat(Enumerable.Repeat(Long, 150))}</p><a href='/1.pdf'>报告.pdf</a>"), year).IsReport, Is.EqualTo(isReport));

    private static ListAnswer Page(string html) => new(new Uri("http://a.test/p.html"), Encoding.UTF8.GetBytes(html), "text/html");

    private static IEnumerable<string> Attachments(string html) => ReportPage
        .Read(Page(html), year: null)
        .Files.Select(attachment => attachment.Url.AbsolutePath);
}
