using System.Text;
using EtlWarehouse.Crawling.Discovery;
using EtlWarehouse.Tests.Parsing;

namespace EtlWarehouse.Tests.Crawling.Discovery;

/// <summary>The pages are those of the sample sites; what is peculiar to other sites stands inline.</summary>
public sealed class ListFamilyTests
{
    [TestCase("qinghe/zfxxgk/fdzdgknr/ndbg/index.html", "text/html", "trs")]
    [TestCase("yunxi/col/col1229425/index.html", "text/html", "hanweb")]
    [TestCase("yunxi/module/web/jpage/records-19.xml", "text/xml", "hanweb")]
    [TestCase("shiqiao/zwgk/ndbg/index.htm", "text/html", "paged")]
    [TestCase("shili/gkmlpt/index.html", "text/html", "gkmlpt")]
    [TestCase("shili/gkmlpt/api/1712-1.json", "application/json", "gkmlpt")]
    public void For_Page_RecognisesItsFamily(string file, string mediaType, string family) =>
        Assert.That(ListFamilies.For(Sample(file, "/x", mediaType), code: null).Code, Is.EqualTo(family));

    [Test]
    public void Trs_FirstPage_ListsItsItemsAndTheOtherPages()
    {
        var page = Read("qinghe/zfxxgk/fdzdgknr/ndbg/index.html", "/zfxxgk/fdzdgknr/ndbg/index.html");
        Assert.Multiple(() =>
        {
            Assert.That(page.Items, Has.Count.EqualTo(8));
            Assert.That(page.Items.Select(item => item.Date), Has.None.Null);
            Assert.That(page.Items.Select(item => item.Title), Has.None.EndsWith("…"), "the title attribute is whole");
            Assert.That(page.Items[0].Url.AbsolutePath, Does.StartWith("/zfxxgk/fdzdgknr/ndbg/2025"));
            Assert.That(Paths(page), Is.EqualTo(new[] { "/zfxxgk/fdzdgknr/ndbg/index_1.html", "/zfxxgk/fdzdgknr/ndbg/index_2.html" }));
        });
    }

    [TestCase("createPageHTML(1, 0, \"index\", \"html\")", 0, null)]
    [TestCase("createPageHTML(2, 0, 'list', 'shtml')", 1, null)]
    [TestCase("createPageHTML('page_div', 3, 1, 'index', 'htm', 50)", 2, 50)]   // a box first, the total last
    public void Trs_PagingCall_IsRead(string call, int further, int? declared)
    {
        var page = new TrsStaticList().Read(Html($"<script>{call};</script>"));
        Assert.Multiple(() =>
        {
            Assert.That(page.Further, Has.Count.EqualTo(further));
            Assert.That(page.DeclaredItems, Is.EqualTo(declared));
        });
    }

    [Test]
    public void Hanweb_ColumnPage_ListsItsRecordsAndAsksForTheOthers()
    {
        var page = Read("yunxi/col/col1229425/index.html", "/col/col1229425/index.html");
        Assert.Multiple(() =>
        {
            Assert.That(page.Items, Has.Count.EqualTo(18));
            Assert.That(page.DeclaredItems, Is.EqualTo(19));
            Assert.That(Paths(page), Is.EqualTo(new[] { "/module/web/jpage/dataproxy.jsp?startrecord=19&endrecord=19&perpage=6" }));
            Assert.That(page.Further[0].Form, Does.StartWith("col=1&appid=1&webid=2931&path=%2F&columnid=1229425&"));
        });
    }

    [Test]
    public void Hanweb_DataCall_ListsItsRecordsAndAsksForNoMore()
    {
        var page = Read("yunxi/module/web/jpage/records-19.xml", "/module/web/jpage/dataproxy.jsp?startrecord=19");
        Assert.Multiple(() =>
        {
            Assert.That(page.Items.Single().Url.AbsolutePath, Does.StartWith("/art/"));
            Assert.That(page.Further, Is.Empty);
            Assert.That(page.DeclaredItems, Is.EqualTo(19));
        });
    }

    [Test]
    public void Paged_ColumnOfColumns_LeadsBelow()
    {
        var page = Read("shiqiao/zwgk/ndbg/index.htm", "/zwgk/ndbg/index.htm");
        Assert.Multiple(() =>
        {
            Assert.That(page.Items, Is.Empty);
            Assert.That(page.SubLists.Select(list => list.Url.AbsolutePath), Is.EqualTo(new[]
            {
                "/zwgk/ndbg/zf/index.htm", "/zwgk/ndbg/sfj/index.htm", "/zwgk/ndbg/jyj/index.htm", "/zwgk/ndbg/scjgj/index.htm",
            }));
        });
    }

    [Test]
    public void Paged_GbkListWithoutCharsetHeader_IsReadWithTotalAndPages()
    {
        var page = Read("shiqiao/zwgk/ndbg/zf/index.htm", "/zwgk/ndbg/zf/index.htm");
        Assert.Multiple(() =>
        {
            Assert.That(page.Items, Has.Count.EqualTo(3));
            Assert.That(page.Items.Select(item => item.Title), Has.All.Contain("石桥区人民政府"));
            Assert.That(page.Items.Select(item => item.Date), Has.None.Null);
            Assert.That(page.DeclaredItems, Is.EqualTo(6));
            Assert.That(Paths(page), Is.EqualTo(new[] { "/zwgk/ndbg/zf/index.htm?page=2" }));
        });
    }

    [TestCase("<a href='?a=1&pageNo=2'>下一页</a> 共3页", new[] { "/x?a=1&pageNo=2", "/x?a=1&pageNo=3" })]
    [TestCase("<a href='list_2.html'>下页</a>", new[] { "/list_2.html" })]   // only the next one is known
    [TestCase("<a href='#'>下一页</a>", new string[0])]
    public void Paged_NextLink_IsFollowed(string html, string[] expected) =>
        Assert.That(Paths(new PagedColumn().Read(Html(html))), Is.EqualTo(expected));

    [TestCase("<ul><li><a href=/a.htm>甲局2020年信息公开年报</a></ul>", 1)]                             // no date, but the title of a report
    [TestCase("<ul><li><a href=/a.htm>关于开会的通知</a></ul>", 0)]                                     // neither
    [TestCase("<ul><li><a href=/a.htm>关于开会的通知</a> 2020.1.5</ul>", 1)]
    [TestCase("<tr><td><a href=/a.htm>年报</a></td><td>2020年1月5日</td></tr>", 1)]
    [TestCase("<ul><li><a href=/a.htm><img src=x></a><a href=/a.htm>年报2020年</a> 2020-01-05</ul>", 1)]  // picture and title lead to one page
    [TestCase("<ul><li><a href=javascript:void(0)>年报</a> 2020-01-05</ul>", 0)]
    [TestCase("<div><a href=/1>一</a><a href=/2>二</a><a href=/3>三</a><a href=/4>四</a> 2020-01-05</div>", 0)]   // a menu beside a clock
    public void Paged_Rows_AreToldFromTheRest(string html, int expected) =>
        Assert.That(new PagedColumn().Read(Html(html)).Items, Has.Count.EqualTo(expected));

    [Test]
    public void Catalogue_IndexPage_LeadsToTheListOfAnnualReports()
    {
        var page = Read("shili/gkmlpt/index.html", "/gkmlpt/index");
        Assert.That(page.SubLists.Single().Url.PathAndQuery, Is.EqualTo("/gkmlpt/api/all/1712?page=1&sid=755990"));
    }

    [Test]
    public void Catalogue_FirstList_HasTotalDatesAndTheSecondPage()
    {
        var page = Read("shili/gkmlpt/api/1712-1.json", "/gkmlpt/api/all/1712?page=1&sid=755990", "application/json");
        Assert.Multiple(() =>
        {
            Assert.That(page.Items, Has.Count.EqualTo(10));
            Assert.That(page.Items.Select(item => item.Date), Has.None.Null);
            Assert.That(page.DeclaredItems, Is.EqualTo(19));
            Assert.That(Paths(page), Is.EqualTo(new[] { "/gkmlpt/api/all/1712?page=2&sid=755990" }));
        });
    }

    [TestCase("{\"error\":\"busy\"}")]
    [TestCase("{\"articles\":")]
    [TestCase("{\"articles\":[{\"id\":1}],\"classify\":{\"post_count\":1}}")]
    public void Catalogue_OtherJson_IsAFormatError(string json) => Assert.That(
        () => new JsonCatalogue().Read(new ListAnswer(new Uri("http://a.test/x?page=1"), Encoding.UTF8.GetBytes(json), "application/json")),
        Throws.TypeOf<FormatException>().With.Message.StartsWith("http://a.test/x?page=1: expected a catalogue"));

    private static ListPage Read(string file, string path, string mediaType = "text/html")
    {
        var answer = Sample(file, path, mediaType);
        return ListFamilies.For(answer, code: null).Read(answer);
    }

    private static ListAnswer Sample(string file, string path, string mediaType) =>
        new(new Uri($"http://www.site.test{path}"), File.ReadAllBytes(Path.Combine(ReferenceReports.Root, "samples", file)), mediaType);

    private static ListAnswer Html(string html) => new(new Uri("http://www.site.test/x"), Encoding.UTF8.GetBytes(html), "text/html");

    private static IEnumerable<string> Paths(ListPage page) => page.Further.Select(request => request.Url.PathAndQuery);
}
