using System.Globalization;
using System.Text;
using EtlWarehouse.Parsing.Forms;
using EtlWarehouse.SampleSites.Figures;
using EtlWarehouse.SampleSites.Layouts;

namespace EtlWarehouse.SampleSites.Sites;

/// <summary>A county on a static list: index.html, index_1.html and a script that states the number of pages.</summary>
internal static class QingheSite
{
    private const int PerPage = 8;
    private const string Column = "/zfxxgk/fdzdgknr/ndbg";
    private const string PageType = "text/html; charset=utf-8";

    public static SampleSite Build(FormDefinition form)
    {
        var folder = new SiteFolder("qinghe", "www.qinghe.sample.localhost", new UTF8Encoding(false), PageType);
        var lines = new List<ListLine>();
        var documents = new List<SampleDocument>();
        var id = 30110;
        foreach (var report in SampleAgencies.Qinghe.SelectMany(agency => SampleReports.Of(agency, form)))
        {
            id += 37;
            var path = Article(report.Published, id);
            folder.AddPage(path, Page(report.ListTitle, report.Agency.Name, report.Published, id,
                ReportHtml.Write(report, new EditorMarkup(), isDisclosureSplit: false)));
            lines.Add(new ListLine(report.ListTitle, report.Published, path));
            documents.Add(new SampleDocument(report, folder.Address(path), folder.Name + path, PageType));
        }

        foreach (var other in LookAlikes.Of("青禾县"))
        {
            id += 37;
            var path = Article(other.Published, id);
            folder.AddPage(path, Page(other.Title, "青禾县人民政府", other.Published, id, $"<p>{other.Text}</p>"));
            lines.Add(new ListLine(other.Title, other.Published, path));
        }

        AddList(folder, [.. lines.OrderByDescending(line => line.Published).ThenBy(line => line.Path, StringComparer.Ordinal)]);
        folder.Finish("User-agent: *\nDisallow: /search/\nDisallow: /was5/\n");
        return new SampleSite(folder, documents);
    }

    private static string Article(DateOnly date, int id) => string.Create(
        CultureInfo.InvariantCulture, $"{Column}/{date:yyyyMM}/t{date:yyyyMMdd}_{id}.html");

    private static void AddList(SiteFolder folder, List<ListLine> lines)
    {
        var pages = (lines.Count + PerPage - 1) / PerPage;
        for (var page = 0; page < pages; page++)
        {
            var items = string.Concat(lines.Skip(page * PerPage).Take(PerPage).Select(line =>
                $"""
                  <li><a href="./{line.Path[(Column.Length + 1)..]}" target="_blank" title="{line.Title}">{Shorten(line.Title)}</a><span>{line.Published:yyyy-MM-dd}</span></li>

                """));
            folder.AddPage($"{Column}/{(page == 0 ? "index.html" : $"index_{page}.html")}",
                $"""
                <!DOCTYPE html>
                <html lang="zh-CN">
                <head>
                <meta charset="utf-8">
                <title>政府信息公开年报_青禾县人民政府</title>
                <meta name="SiteName" content="青禾县人民政府">
                <meta name="ColumnName" content="政府信息公开年报">
                <meta name="ColumnType" content="政府信息公开">
                </head>
                <body>
                <div class="header"><a href="/index.html">青禾县人民政府</a></div>
                <div class="crumb">您的位置：<a href="/index.html">首页</a> &gt; <a href="/zfxxgk/">政府信息公开</a> &gt; 政府信息公开年报</div>
                <ul class="gl-list">
                {items}</ul>
                <div class="page"><script type="text/javascript">createPageHTML({pages}, {page}, "index", "html");</script></div>
                <div class="footer">主办：青禾县人民政府办公室　网站标识码：9901210001</div>
                </body>
                </html>

                """);
        }
    }

    /// <summary>The list cuts long titles; the whole one stands in the title attribute.</summary>
    private static string Shorten(string title) => title.Length > 26 ? $"{title[..25]}…" : title;

    private static string Page(string title, string agency, DateOnly published, int id, string body) =>
        $"""
        <!DOCTYPE html>
        <html lang="zh-CN">
        <head>
        <meta charset="utf-8">
        <title>{title}_青禾县人民政府</title>
        <meta name="SiteName" content="青禾县人民政府">
        <meta name="SiteIDCode" content="9901210001">
        <meta name="ColumnName" content="政府信息公开年报">
        <meta name="ArticleTitle" content="{title}">
        <meta name="PubDate" content="{published:yyyy-MM-dd} 10:12:00">
        <meta name="ContentSource" content="{agency}">
        <script src="/images/jquery.js"></script>
        </head>
        <body>
        <div class="header"><a href="/index.html">青禾县人民政府</a> <a href="/zwdt/">政务动态</a> <a href="/bsfw/">办事服务</a> <a href="/hdjl/">互动交流</a></div>
        <div class="crumb">当前位置：<a href="/index.html">首页</a> &gt; 政府信息公开 &gt; 政府信息公开年报</div>
        <table class="xxgk-head" width="100%">
        <tr><td>索 引 号：</td><td>9901210001/{published.Year}-{id:D5}</td><td>主题分类：</td><td>政务公开</td></tr>
        <tr><td>发布机构：</td><td>{agency}</td><td>发布日期：</td><td>{published:yyyy-MM-dd}</td></tr>
        <tr><td>名　　称：</td><td colspan="3">{title}</td></tr>
        <tr><td>文　　号：</td><td>无</td><td>有 效 性：</td><td>有效</td></tr>
        </table>
        <div class="tools">字体：<a href="javascript:void(0)">大</a> <a href="javascript:void(0)">中</a> <a href="javascript:void(0)">小</a>　分享到：<a href="#">微信</a> <a href="#">微博</a></div>
        <div id="zoom" class="TRS_Editor">
        {body}</div>
        <div class="related">相关链接：</div>
        <div class="footer">主办：青禾县人民政府办公室　网站标识码：9901210001　联系电话：0999-6100012</div>
        </body>
        </html>

        """;
}
