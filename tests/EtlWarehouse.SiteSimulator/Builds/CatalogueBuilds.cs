using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EtlWarehouse.SiteSimulator.Builds;

/// <summary>Catalogues that answer in JSON: Guangdong's gkmlpt, and the search of Fujian's sites.</summary>
internal static class CatalogueBuilds
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An index page with a tree; lists of 100, whose page 0 is page 1.</summary>
    public static SimulatedSite Gkmlpt(int seed, Uri origin)
    {
        var shop = new Workshop("gkmlpt", seed, origin);
        var category = shop.Dice.Between(1000, 9000);
        var articles = shop.Publish(shop.Dice.Between(95, 112), 6, (number, _) => $"/gkmlpt/content/11/{11970 + (number % 7)}/post_{11970000 + number}.html");
        shop.Site.Serve("/gkmlpt/index", _ => shop.Site.Html(shop.Markup.Page("政府信息公开目录", $$"""
            <div id="app"></div><script>window._CONFIG = { SID: '755041', NAME: "县政府", TREE: [{"id":1,"name":"机构职能","children":[]},
            {"id":2,"name":"法定主动公开内容","children":[{"id":{{category}},"name":"政府信息公开年报","children":[]},{"id":88,"name":"法治政府建设 [年度]","children":[]}]}], OTHER: {} };</script>
            """)));
        shop.Site.Serve($"/gkmlpt/api/all/{category}", request =>
        {
            var page = Math.Max(1, request.Number("page", 0));
            if (request.Fields.GetValueOrDefault("sid") != "755041")
                return Json(new { error = "no site" });
            return Json(new
            {
                classify = new { id = category, name = "政府信息公开年报", post_count = articles.Count },
                total = articles.Count,
                articles = articles.Skip((page - 1) * 100).Take(100).Select(article => new
                {
                    id = article.Path[^12..^5],
                    title = article.Title,
                    publisher = "",
                    url = shop.Site.Absolute(article.Path),
                    post_url = "",
                    display_publish_time = 0,
                    created_at = $"{article.Date:yyyy-MM-dd} 10:00:00",
                    attachment = Array.Empty<string>(),
                    is_expired = false,
                }),
            });
        });
        shop.Site.Start = "/gkmlpt/index";
        return shop.Site;
    }

    /// <summary>Ten rows stand in the page, then a template that is none; all rows come by a posted search.</summary>
    public static SimulatedSite Fujian(int seed, Uri origin)
    {
        var shop = new Workshop("fujian", seed, origin);
        const string Folder = "/xxgk/zfxxgknb/";
        var (channel, node) = (shop.Dice.Between(200000, 299999), shop.Dice.Between(1000, 9999));
        var articles = shop.Publish(shop.Dice.Between(12, 40), 4, (number, date) => $"{Folder}{date:yyyyMM}/t{date:yyyyMMdd}_{number}.htm");
        var rows = string.Concat(articles.Take(10).Select(article =>
            $"<dl><dd>{shop.Markup.Anchor(shop.Markup.Link(Folder, article.Path), article.Title)}<span>{article.Date:yyyy-MM-dd}</span></dd></dl>"));
        shop.Site.Serve(Folder, _ => shop.Site.Html(shop.Markup.Page("政府信息公开年报", $$"""
            <div class="list_base" ms-controller="list"><div class="static">{{rows}}</div>
            <dl ms-repeat="datas"><dd><a ms-attr-href="el.url" href="el.url" ms-attr-title="el.title" target="_blank">{el.title}</a><span>{el.time}</span></dd></dl>
            <div class="page_box" ms-visible="pageCount>1"></div></div>
            <script>var vm = avalon.define({$id:'list',datas:[],page:1,pageCount:0,load:function(n){$.post('/fjdzapp/search',{channelid:'{{channel}}',sortfield:'-pubdate',page:n,prepage:10,classsql:'chnlid={{node}}'},function(d){vm.datas=d.data;},'json');} });</script>
            """)));
        shop.Site.Serve("/fjdzapp/search", request =>
        {
            if (request.Method != "POST" || request.Fields.GetValueOrDefault("channelid") != Workshop.Text(channel) || request.Fields.GetValueOrDefault("classsql") != $"chnlid={node}")
                return Json(new { pageCount = 0, data = Array.Empty<object>() });
            var size = Math.Min(500, request.Number("prepage", 10));
            var page = request.Number("page", 1);
            return Json(new
            {
                pageCount = (articles.Count + size - 1) / size,
                data = articles.Skip((page - 1) * size).Take(size).Select(article => new
                {
                    docpuburl = shop.Site.Absolute(article.Path),
                    chnldocurl = shop.Site.Absolute(article.Path),
                    doctitle = article.Title,
                    pubdate = $"{article.Date:yyyy-MM-dd} 08:30:00",
                    docreltime = $"{article.Date:yyyy-MM-dd}",
                }),
            });
        });
        shop.Site.Start = Folder;
        return shop.Site;
    }

    private static SimulatedAnswer Json(object value) => new(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(value, Plain)), "application/json");
}
