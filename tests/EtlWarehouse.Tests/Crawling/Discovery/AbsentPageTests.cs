using System.Text;
using EtlWarehouse.Crawling.Discovery;

namespace EtlWarehouse.Tests.Crawling.Discovery;

public sealed class AbsentPageTests
{
    [TestCase("<meta http-equiv=\"refresh\" content=\"0;URL=../\" />", "page.deleted")]
    [TestCase("<META content='0; url=/' HTTP-EQUIV=Refresh>", "page.deleted")]
    [TestCase("<title>404</title><p>很抱歉，您访问的页面不存在或已被删除</p>", "page.not_found")]
    [TestCase("<p>您要查看的信息已删除，请返回首页浏览其他内容</p>", "page.not_found")]
    [TestCase("<script>document.cookie='C3VK=1';location.reload()</script>", "page.no_text")]
    [TestCase("<p>???????2022????????????</p><a href=/1.pdf>??</a>", "page.no_text")]      // a conversion broke it
    [TestCase("<p>全年主动公开政府信息404条，其他渠道公开政府信息12条</p>", null)]               // a number
    [TestCase("<p>答复申请人该政府信息不存在的2件，其余均已公开</p>", null)]                    // what reports count
    [TestCase("<iframe src='/web/viewer.html?file=/1.pdf'></iframe>", null)]                  // no text, but a file
    public void Find_Page_IsToldFromWhatStandsInItsPlace(string html, string? code) =>
        Assert.That(AbsentPage.Find(Asked, Answer(html, Asked))?.Code, Is.EqualTo(code));

    [Test]
    public void Find_RedirectToTheFrontPage_IsNoPage() => Assert.That(
        AbsentPage.Find(Asked, Answer("<p>县人民政府门户网站首页今日要闻</p>", new Uri("http://www.site.test/")))?.Code, Is.EqualTo("page.moved_to_front"));

    [Test]
    public void Find_File_IsNotReadAsText() => Assert.That(
        AbsentPage.Find(Asked, new ListAnswer(Asked, "%PDF-1.4 <</Type/Catalog>>"u8, "application/pdf")), Is.Null);

    private static Uri Asked => new("http://www.site.test/a/b.html");

    private static ListAnswer Answer(string html, Uri url) => new(url, Encoding.UTF8.GetBytes(html), "text/html");
}
