using System.Globalization;
using System.Text;

namespace EtlWarehouse.SiteSimulator.Builds;

/// <summary>Hanweb: records in CDATA, data calls, and its portal page of annual reports.</summary>
internal static class HanwebBuilds
{
    private const int PerPage = 5;
    private const int PagesPerCall = 3;

    /// <summary>The column page gives the first records; a proxy gives the others in groups of three pages.</summary>
    public static SimulatedSite Jpage(int seed, Uri origin)
    {
        var shop = new Workshop("hanweb", seed, origin);
        var column = shop.Dice.Between(10000, 1700000);
        var unit = shop.Dice.Between(100000, 999999);
        var articles = shop.Publish(shop.Dice.Between(8, 34), shop.Dice.Between(0, 4), (number, date) => $"/art/{date.Year}/{date.Month}/{date.Day}/art_{column}_{number}.html");
        var proxy = shop.Dice.Pick("/module/web/jpage/dataproxy.jsp", "/module/jpage/dataproxy.jsp");
        var path = $"/col/col{column}/index.html";
        var isObject = shop.Dice.Chance(50);
        var data = $"col=1&appid=1&webid=3185&path=/&columnid={column}&sourceContentType=1&unitid={unit}&webname=%E5%8E%BF%E6%94%BF%E5%BA%9C&permissiontype=0";
        var script = isObject
            ? $$"""
              <script>jQuery('#{{unit}}').jpage({ajaxParam:{col:'1',appid:'1',webid:'3185',path:'/',columnid:'{{column}}',sourceContentType:'1',unitid:'{{unit}}',webname:'县政府',permissiontype:0}, openType:0, totalRecord:{{articles.Count}}, showMode:'full', perPage:{{PerPage}}, proxyUrl:'{{proxy}}'});</script>
              """
            : $"<script>var param_{unit} = '{data}'; $('#{unit}').jpage({{ totalRecord : {articles.Count}, groupSize : {PagesPerCall}, perPage : {PerPage}, proxyUrl : \"{proxy}\", ajaxParam : param_{unit} }});</script>";
        shop.Site.Page(path, shop.Markup.Page("政府信息公开工作年度报告",
            $"<div id=\"{unit}\" class=\"default_pgContainer\"></div><script type=\"text/xml\">{Records(shop, path, articles, 0, PerPage * PagesPerCall)}</script>{script}"));
        shop.Site.Serve(proxy, request => request.Fields.GetValueOrDefault("columnid") == Workshop.Text(column) && request.Fields.GetValueOrDefault("unitid") == Workshop.Text(unit)
            ? Xml(Records(shop, path, articles, request.Number("startrecord", 1) - 1, Math.Min(
                request.Number("endrecord", PerPage) - request.Number("startrecord", 1) + 1, PerPage * PagesPerCall)))
            : Xml("<datastore>\n<recordset>\n</recordset>\n</datastore>"));
        shop.Site.Start = path;
        return shop.Site;
    }

    /// <summary>Each answer names the call for the next group, in parameters that only the server understands.</summary>
    public static SimulatedSite NextGroup(int seed, Uri origin) => NextGroup("hanweb-nextgroup", seed, origin, answers: true);

    /// <summary>The call for the next group answers with nothing.</summary>
    public static SimulatedSite SilentGroup(int seed, Uri origin) => NextGroup("hanweb-silent", seed, origin, answers: false);

    /// <summary>The portal page of annual reports: a year and an area are chosen by links.</summary>
    public static SimulatedSite AnnualPortal(int seed, Uri origin)
    {
        var shop = new Workshop("hanweb-annual", seed, origin);
        const string Path = "/module/xxgk/xxgkAnnualReport.jsp";
        var articles = shop.Publish(shop.Dice.Between(10, 30), 0, (number, date) => $"/art/{date.Year}/{date.Month}/{date.Day}/art_1229_{number}.html");
        var area = shop.Dice.Hex(10);
        var years = articles.Select(article => article.Date.Year - 1).Distinct().Order().ToList();
        var tabs = string.Concat(years.Select(year => $"<li><a href=\"xxgkAnnualReport.jsp?fbtime={year}&amp;area={area}\">{year}年</a></li>"));
        shop.Site.Serve(Path, request =>
        {
            var year = request.Number("fbtime", years[^1]);
            // The portal names bodies, not titles: the year is that of the tab.
            var rows = string.Concat(articles.Where(article => article.Date.Year - 1 == year).Select(article =>
                $"<tr><td><a href='{article.Path}' target='_blank'>{article.Title}</a></td><td>{article.Date:yyyy-MM-dd}</td></tr>"));
            return shop.Site.Html(shop.Markup.Page("政府信息公开工作年度报告", $"<ul class=\"nd_tab\">{tabs}</ul><table class=\"nb\">{rows}</table>"));
        });
        shop.Site.Start = $"{Path}?fbtime={years[^1]}&area={area}";
        return shop.Site;
    }

    private static SimulatedSite NextGroup(string build, int seed, Uri origin, bool answers)
    {
        var shop = new Workshop(build, seed, origin);
        var articles = shop.Publish(shop.Dice.Between(17, 34), 2, (_, date) => $"/col/col2291/art/{date.Year}/art_{shop.Dice.Hex(32)}.html");
        const string Path = "/col/col2291/index.html";
        const string Proxy = "/module/web/jpage/dataproxy.jsp";
        const int Group = PerPage * PagesPerCall;
        var keys = Enumerable.Range(0, (articles.Count / Group) + 2).Select(_ => shop.Dice.Hex(48)).ToList();
        var printsTotal = shop.Dice.Chance(50);
        string Next(int group) => group * Group >= articles.Count
            ? ""
            : $"<nextgroup><![CDATA[<a href=\"{Proxy}?page={group + 1}&appid=1&webid=13&path=/&columnid={keys[group]}&unitid={keys[group]}&webname=x&permissiontype=0\"></a>]]></nextgroup>";
        string Answer(int group) => Records(shop, Path, articles, group * Group, Group, Next(group + 1), printsTotal);
        shop.Site.Page(Path, shop.Markup.Page("政府信息公开年报", $"<div id=\"7311\"><script type=\"text/xml\">{Answer(0)}</script></div>"));
        shop.Site.Serve(Proxy, request => keys.IndexOf(request.Fields.GetValueOrDefault("columnid") ?? "") is > 0 and var group && answers
            ? Xml(Answer(group))
            : Xml("<datastore>\n<recordset>\n</recordset>\n</datastore>"));
        shop.Site.Start = Path;
        if (!answers)
        {
            shop.Site.Lack = printsTotal ? "list.total" : "list.page_empty";
            shop.Site.Expected.ExceptWith(articles.Skip(Group).Select(article => shop.Site.Absolute(article.Path)));
        }

        return shop.Site;
    }

    private static string Records(Workshop shop, string page, List<ListedArticle> articles, int skip, int take, string next = "", bool printsTotal = true)
    {
        var xml = new StringBuilder("<datastore>\n");
        if (printsTotal)
            xml.Append(CultureInfo.InvariantCulture, $"<totalrecord>{articles.Count}</totalrecord><totalpage>{(articles.Count + PerPage - 1) / PerPage}</totalpage>");
        xml.Append(next).Append("<recordset>");
        foreach (var article in articles.Skip(skip).Take(take))
            xml.Append("<record><![CDATA[\n").Append(shop.Markup.Row(page, article)).Append("]]></record>\n");
        return xml.Append("</recordset></datastore>").ToString();
    }

    private static SimulatedAnswer Xml(string xml) => new(Encoding.UTF8.GetBytes(xml), "text/xml;charset=UTF-8");
}
