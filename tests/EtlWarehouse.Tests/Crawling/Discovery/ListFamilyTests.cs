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

    [TestCase("/nb/", "document.write(\"<a href=\\\"index.\"+\"shtml\\\">首页</a>\");", "/nb/index_1.shtml")]
    [TestCase("/nb/", "document.write(\"<a href='list_\"+nextPage+\".jsp'>下一页</a>\");", "/nb/list_1.jsp")]
    [TestCase("/nb/index_bm.shtml", "", "/nb/index_bm_1.shtml")]     // the page's own name
    [TestCase("/nb/", "", "/nb/index_1.html")]
    public void Trs_CountInVariables_NamesTheOtherPages(string page, string script, string expected)
    {
        var html = $"<script>var currentPage = 0;//所在页从0开始\nvar countPage = 2//共多少页\n{script}</script>";
        var list = new TrsStaticList().Read(new ListAnswer(new Uri($"http://www.site.test{page}"), Encoding.UTF8.GetBytes(html), "text/html"));
        Assert.That(list.Further.Single().Url.AbsolutePath, Is.EqualTo(expected));
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

    [TestCase("/zwgk/nb/", new[] { "/zwgk/nb/jyj/" })]         // a column of the column
    [TestCase("/zwgk/nb.html", new string[0])]                  // one file among others: what lies in its folder are other columns
    public void Paged_ListOverColumns_LeadsBelowToo(string path, string[] expected)
    {
        var html = "<ul><li><a href='/zwgk/nb/2024011512345/index.html'>县2023年政府信息公开年报</a> 2024-01-15</ul><a href=/zwgk/nb/jyj/>教育局</a><a href=/zwgk/>政务公开</a>";
        var page = new PagedColumn().Read(new ListAnswer(new Uri($"http://www.site.test{path}"), Encoding.UTF8.GetBytes(html), "text/html"));
        Assert.That(page.SubLists.Select(list => list.Url.AbsolutePath), Is.EqualTo(expected));
    }

    [TestCase("<a href=\"javascript:goPage(2)\">下一页</a>", true)]
    [TestCase("<a href='#' onclick='next()'>下页</a>", true)]
    [TestCase("<a class='disabled' href='javascript:;' onclick='next()'>下一页</a>", false)]           // drawn as out of use
    [TestCase("<a href='javascript:goPage(1)'>下一页</a> 1/1页", false)]                              // the only page
    [TestCase("<a href='?page=1'>上一页</a><a href='javascript:goPage(3)'>下一页</a>", false)]         // past the end
    public void Paged_NextPageWithoutAddress_IsUnread(string html, bool isUnread) =>
        Assert.That(new PagedColumn().Read(Html(html)).UnreadPaging, isUnread ? Is.Not.Null : Is.Null);

    [TestCase("<a href=/nb/>政府信息公开年报</a>", "/nb/")]
    [TestCase("<a href=/nb/>政府信息公开 年度报告</a><a href=/fz/>法治政府建设年度报告</a>", "/nb/")]
    [TestCase("<a href=/xxgk/>政府信息公开</a><a href=/zwgk/>政务公开</a>", "/xxgk/")]                  // the nearer of the two
    [TestCase("<ul><li><a href=/1.html>县2023年政府信息公开年报</a> 2024-01-05</ul><a href=/nb/>信息公开年报</a>", "/nb/")]   // news are no list
    public void Paged_FrontPage_LeadsToTheColumn(string html, string expected)
    {
        var page = new PagedColumn().Read(new ListAnswer(new Uri("http://www.site.test/"), Encoding.UTF8.GetBytes(html), "text/html"));
        Assert.That(page.SubLists.Select(list => list.Url.AbsolutePath), Is.EqualTo(new[] { expected }));
    }

    [Test]
    public void Paged_BoxBesideTheList_IsNotTheList()
    {
        var page = new PagedColumn().Read(Html("""
            <div><h3>最新发布</h3><ul class=l><li><a href=/x.html>省教育厅2023年政府信息公开年报</a> 2024-01-09</li></ul></div>
            <div class=main><ul class=r><li><a href=/a.html>县教育局2023年政府信息公开年报</a> 2024-01-05</li></ul></div>
            """));
        Assert.That(page.Items.Single().Url.AbsolutePath, Is.EqualTo("/a.html"));
    }

    [TestCase("<a title='县市场监督管理局2021年政府信息公开工作年度报告' href=/a>县市场监督管理局2021年政府信息公开工作年度报...</a> 2022-01-05")]
    public void Paged_CutTitle_IsTheWholeOne(string html) =>
        Assert.That(new PagedColumn().Read(Html(html)).Items.Single().Title, Does.EndWith("年度报告"));

    [Test]
    public void Fujian_Page_AsksTheSearchAndReadsNoPattern()
    {
        var page = ListFamilies.For(Html(FujianHtml), null).Read(Html(FujianHtml));
        Assert.Multiple(() =>
        {
            Assert.That(page.Items.Select(item => item.Url.AbsolutePath), Is.EqualTo(new[] { "/1.htm" }));
            Assert.That(page.SubLists.Single().Key, Is.EqualTo("http://www.site.test/fjdzapp/search POST channelid=200210&sortfield=-pubdate&page=1&prepage=500&classsql=chnlid%3D1813"));
        });
    }

    private const string FujianHtml = """
        <dl><dd><a href=/1.htm>县2023年政府信息公开年报</a> 2024-01-05</dd></dl>
        <dl ms-repeat="datas"><dd><a ms-attr-href="el.url" href="el.url">县2099年政府信息公开年报</a> 2024-01-05</dd></dl>
        <script>$.post("/fjdzapp/search",{channelid:200210,sortfield:'-pubdate',page:n,prepage:10,classsql:'chnlid=1813'},f)</script>
        """;

    [Test]
    public void Jpaas_Shell_AsksForItsListAndThenForThePages()
    {
        var shell = Html("<div queryData=\"{'webId':'3185','pageId':'p','tagId': '导航','tplSetId': 't'}\"></div><div queryData=\"{'webId':'3185','pageId':'p','tagId': '信息列表','tplSetId': 't'}\"></div>");
        var ask = ListFamilies.For(shell, null).Read(shell).SubLists.Single();
        var unit = new ListAnswer(ask.Url, Encoding.UTF8.GetBytes("""{"data":{"html":"<ul><li><a href='./a.html'>县2023年政府信息公开年报</a>2024-01-05</ul><div pageNo='1' pageSize='1' count='3'></div>"}}"""), "application/json", null, ask, new Uri("http://www.site.test/nb/index.html"));
        var page = ListFamilies.For(unit, null).Read(unit);
        Assert.Multiple(() =>
        {
            Assert.That(ask.Url.Query, Does.Contain("webId=3185&pageId=p&tagId=%E4%BF%A1"));
            Assert.That(page.Items.Single().Url.AbsolutePath, Is.EqualTo("/nb/a.html"), "links start at the page that shows the unit");
            Assert.That((page.DeclaredItems, page.DeclaredPages), Is.EqualTo((3, 3)));
            Assert.That(page.Further.Select(request => Uri.UnescapeDataString(request.Url.Query.Split("paramJson=")[1])), Is.EqualTo(new[] { "{\"pageNo\":2,\"pageSize\":1}", "{\"pageNo\":3,\"pageSize\":1}" }));
        });
    }

    [Test]
    public void Hanweb_NextGroup_IsAskedForAsItIsWritten()
    {
        var page = new HanwebColumn().Read(Html("<datastore><nextgroup><![CDATA[<a href=\"/module/web/jpage/dataproxy.jsp?page=2&columnid=8f3a&unitid=77cd\"></a>]]></nextgroup><recordset><record><![CDATA[<a href='/art/1.html'>年报</a>]]></record></recordset></datastore>"));
        Assert.That(Paths(page), Is.EqualTo(new[] { "/module/web/jpage/dataproxy.jsp?page=2&columnid=8f3a&unitid=77cd" }));
    }

    [Test]
    public void Inline_Rows_AreReadFromTheirScripts()
    {
        var answer = Html("<table><tr><td><script>var strLink='./202401/t1.shtml';var strTitle='县2023年政府信息公开年报';document.write(1)</script></td><td class=rq><span>2024-01-05</span></td></tr></table><script>var currentPage = 0;var countPage = 2//共多少页</script>");
        var page = ListFamilies.For(answer, null).Read(answer);
        Assert.Multiple(() =>
        {
            Assert.That(page.Items.Single(), Is.EqualTo(new ListItem(new Uri("http://www.site.test/202401/t1.shtml"), "县2023年政府信息公开年报", new DateOnly(2024, 1, 5))));
            Assert.That(page.DeclaredPages, Is.EqualTo(2));
        });
    }

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
