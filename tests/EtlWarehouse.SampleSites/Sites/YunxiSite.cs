using System.Globalization;
using System.Text;
using EtlWarehouse.Parsing.Forms;
using EtlWarehouse.SampleSites.Figures;
using EtlWarehouse.SampleSites.Layouts;

namespace EtlWarehouse.SampleSites.Sites;

/// <summary>A county whose column page carries the first records in CDATA and fetches the others by a data call.</summary>
internal static class YunxiSite
{
    private const int PerPage = 6;
    private const int Column = 1229425;
    private const int Unit = 5648312;
    private const string PageType = "text/html;charset=UTF-8";
    private const string Proxy = "/module/web/jpage/dataproxy.jsp";

    public static SampleSite Build(FormDefinition form)
    {
        var folder = new SiteFolder("yunxi", "www.yunxi.sample.localhost", new UTF8Encoding(false), PageType);
        var lines = new List<ListLine>();
        var documents = new List<SampleDocument>();
        var id = 58011;
        foreach (var report in SampleAgencies.Yunxi.SelectMany(agency => SampleReports.Of(agency, form)))
        {
            id += 113;
            var path = Article(report.Published, id);
            folder.AddPage(path, Page(report.Title, report.Agency.Name, report.Published,
                ReportHtml.Write(report, new WordMarkup(), isDisclosureSplit: true)));
            lines.Add(new ListLine(report.ListTitle, report.Published, path));
            documents.Add(new SampleDocument(report, folder.Address(path), folder.Name + path, PageType));
        }

        foreach (var other in LookAlikes.Of("云溪县"))
        {
            id += 113;
            var path = Article(other.Published, id);
            folder.AddPage(path, Page(other.Title, "云溪县人民政府", other.Published, $"<p>{other.Text}</p>"));
            lines.Add(new ListLine(other.Title, other.Published, path));
        }

        AddList(folder, [.. lines.OrderByDescending(line => line.Published).ThenBy(line => line.Path, StringComparer.Ordinal)]);
        folder.Finish("User-agent: *\nAllow: /\nCrawl-delay: 0\nDisallow: /module/search/\n");
        return new SampleSite(folder, documents);
    }

    private static string Article(DateOnly date, int id) => string.Create(
        CultureInfo.InvariantCulture, $"/art/{date.Year}/{date.Month}/{date.Day}/art_{Column}_{id}.html");

    private static void AddList(SiteFolder folder, List<ListLine> lines)
    {
        const int PerCall = 3 * PerPage;
        folder.AddPage($"/col/col{Column}/index.html",
            $$"""
            <!DOCTYPE html>
            <html>
            <head>
            <meta charset="UTF-8">
            <title>云溪县人民政府 政府信息公开年报</title>
            <meta name="ColumnName" content="政府信息公开年报">
            </head>
            <body>
            <div class="top"><a href="/index.html">首页</a> <a href="/col/col1229400/index.html">政府信息公开</a></div>
            <div id="{{Unit}}" class="default_pgContainer"></div>
            <script type="text/xml"><datastore>
            <nextgroup><![CDATA[<a href="{{Proxy}}?page=1&webid=2931&path=http://{{folder.Host}}/&columnid={{Column}}&unitid={{Unit}}&webname=%E4%BA%91%E6%BA%AA%E5%8E%BF%E4%BA%BA%E6%B0%91%E6%94%BF%E5%BA%9C&permissiontype=0"></a>]]></nextgroup>
            <recordset>
            {{Records(lines.Take(PerCall))}}</recordset>
            </datastore></script>
            <script type="text/javascript">
            $(function(){ $('#{{Unit}}').jpage({
              themeName:'default', dataType:'xml', perPage:{{PerPage}}, groupSize:3, totalRecord:{{lines.Count}},
              proxyUrl:'{{Proxy}}',
              ajaxParam:{col:'1',appid:'1',webid:'2931',path:'/',columnid:'{{Column}}',sourceContentType:'1',unitid:'{{Unit}}',webname:'云溪县人民政府',permissiontype:'0'}
            }); });
            </script>
            <div class="bottom">云溪县人民政府办公室主办</div>
            </body>
            </html>

            """);
        for (var start = 1; start <= lines.Count; start += PerCall)
        {
            var file = $"/module/web/jpage/records-{start}.xml";
            folder.AddPage(file,
                $"""
                <datastore>
                <totalrecord>{lines.Count}</totalrecord>
                <totalpage>{(lines.Count + PerPage - 1) / PerPage}</totalpage>
                <recordset>
                {Records(lines.Skip(start - 1).Take(PerCall))}</recordset>
                </datastore>

                """);
            folder.AddRoute(
                $"POST {Proxy}?startrecord={start}&endrecord={Math.Min(start + PerCall - 1, lines.Count)}&perpage={PerPage}",
                file, "text/xml;charset=UTF-8");
        }
    }

    private static string Records(IEnumerable<ListLine> lines) => string.Concat(lines.Select(line =>
        $"""
        <record><![CDATA[<li><a href="{line.Path}" target="_blank" title="{line.Title}">{line.Title}</a><b>{line.Published:yyyy-MM-dd}</b></li>]]></record>

        """));

    private static string Page(string title, string agency, DateOnly published, string body) =>
        $"""
        <!DOCTYPE html>
        <html>
        <head>
        <meta charset="UTF-8">
        <title>云溪县人民政府 政府信息公开年报 {title}</title>
        <meta name="Maketime" content="{published:yyyy-MM-dd} 09:30">
        <meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{published:yyyy-MM-dd} 09:30"><meta name="ContentSource" content="">
        </head>
        <body>
        <table width="1200" border="0" cellspacing="0" cellpadding="0" align="center"><tr><td>
        <table width="100%"><tr><td class="wz">当前位置：首页 &gt;&gt; 政府信息公开 &gt;&gt; 政府信息公开年报</td></tr></table>
        <table width="100%" id="article"><tr><td align="center" class="title">{title}</td></tr>
        <tr><td align="center">发布日期：{published:yyyy-MM-dd}　来源：{agency}　字号：[ 大 中 小 ]</td></tr>
        <tr><td>
        <div id="zoom"><!--ZJEG_RSS.content.begin-->
        {body}<!--ZJEG_RSS.content.end--></div>
        </td></tr></table>
        </td></tr></table>
        <div class="bottom">云溪县人民政府办公室主办　备案编号：示备99012200012号</div>
        </body>
        </html>

        """;
}
