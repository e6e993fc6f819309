namespace EtlWarehouse.SiteSimulator.Builds;

/// <summary>Lists whose pages have addresses of their own and links between them.</summary>
internal static class PagedBuilds
{
    private const int PerPage = 7;

    /// <summary>A number in the query, and a total in words.</summary>
    public static SimulatedSite Query(int seed, Uri origin) => Query("query", seed, origin, 0);

    /// <summary>The total counts what is not listed any more.</summary>
    public static SimulatedSite LyingTotal(int seed, Uri origin)
    {
        var site = Query("lying-total", seed, origin, 2);
        site.Lack = "list.total";
        return site;
    }

    private static SimulatedSite Query(string build, int seed, Uri origin, int uncounted)
    {
        var shop = new Workshop(build, seed, origin);
        var parameter = shop.Dice.Pick("page", "PageIndex", "pageNo", "pageNum", "currPage", "pn", "p");
        var isDated = shop.Dice.Chance(50);
        var articles = shop.Publish(shop.Dice.Between(9, 30), 3, (number, date) => isDated ? $"/{date:yyyy-MM-dd}/{number}.html" : $"/gongkai/show/{shop.Dice.Hex(32)}.html");
        var path = shop.Dice.Pick("/zwgk/ndbg.aspx", "/gongkai/list", "/xxgk/nb/");
        var pages = articles.Chunk(PerPage).ToList();
        var foot = shop.Dice.Between(0, uncounted == 0 ? 2 : 1);
        var total = articles.Count + uncounted;
        shop.Site.Serve(path, request =>
        {
            var page = request.Number(parameter, 1);
            if (page < 1 || page > pages.Count)
                return SimulatedAnswer.NotFound;
            string Link(int target, string text) => target == page || target < 1 || target > pages.Count
                ? $"<a class=\"disabled\" href=\"javascript:void(0);\">{text}</a>"
                : $"<a href=\"{path}?id=12&amp;{parameter}={target}\">{text}</a>";
            var summary = foot switch
            {
                0 => $"共{total}条 第{page}/{pages.Count}页",
                1 => $"共 {total} 条记录，共 {pages.Count} 页",
                _ => $"{page}/{pages.Count}页",
            };
            return shop.Site.Html(shop.Markup.Page("政府信息公开年度报告",
                $"{shop.Markup.Rows(path, pages[page - 1])}<div class=\"pages\">{summary} {Link(1, "首页")} {Link(page - 1, "上一页")} {Link(page + 1, "下一页")} {Link(pages.Count, "尾页")}</div>"));
        });
        shop.Site.Start = $"{path}?id=12";
        return shop.Site;
    }

    /// <summary>Static pages with numbers in their names, linked by number; no total anywhere.</summary>
    public static SimulatedSite Numbered(int seed, Uri origin)
    {
        var shop = new Workshop("numbered", seed, origin);
        var form = shop.Dice.Pick("column-index-{0}.shtml", "{0}.html", "t_{0}.html", "list_{0}.html");
        const string Folder = "/gkml/ndbg/";
        var articles = shop.Publish(shop.Dice.Between(9, 40), 4, (number, date) => $"/{date:yyyyMM}/{shop.Dice.Hex(32)}.shtml");
        var pages = articles.Chunk(PerPage).ToList();
        string Path(int page) => page == 1 ? Folder + "index.html" : Folder + string.Format(System.Globalization.CultureInfo.InvariantCulture, form, page);
        for (var page = 1; page <= pages.Count; page++)
        {
            // Five numbers around the page, as such pagers show.
            var numbers = string.Concat(Enumerable.Range(Math.Max(1, page - 2), 5).Where(number => number <= pages.Count)
                .Select(number => number == page ? $"<span class=\"cur\">{number}</span>" : $"<a href=\"{Path(number)}\">{number}</a>"));
            var next = page < pages.Count ? $"<a href={Path(page + 1)}>{shop.Dice.Pick("下一页", "下页", "&gt;")}</a>" : "";
            shop.Site.Page(Path(page), shop.Markup.Page("年度报告", $"{shop.Markup.Rows(Path(page), pages[page - 1])}<div class=\"pagination\">{numbers}{next}</div>"));
        }

        shop.Site.Start = Folder + "index.html";
        return shop.Site;
    }

    /// <summary>VSB: the first page is called after the column, the others count down in a folder beside it.</summary>
    public static SimulatedSite Vsb(int seed, Uri origin)
    {
        var shop = new Workshop("vsb", seed, origin);
        var articles = shop.Publish(shop.Dice.Between(9, 36), 3, (number, _) => $"/info/{1100 + (number % 3)}/{number}.htm");
        var pages = articles.Chunk(PerPage).ToList();
        string Path(int page) => page == 0 ? "/xxgk/ndbg.htm" : $"/xxgk/ndbg/{pages.Count - page}.htm";
        for (var page = 0; page < pages.Count; page++)
        {
            var from = Path(page);
            string Link(int target, string text) => target == page || target < 0 || target >= pages.Count
                ? $"<span class=\"p_no_d\">{text}</span>"
                : $"<span class=\"p_no\"><a href=\"{Markup.Relative(from, Path(target))}\">{text}</a></span>";
            shop.Site.Page(from, shop.Markup.Page("政府信息公开年报", $"""
                <!--Announced by Visual SiteBuilder 9-->{shop.Markup.Rows(from, pages[page])}
                <div class="pb_sys_common"><span class="p_t">共{articles.Count}条</span><span class="p_pages">{Link(0, "首页")}{Link(page - 1, "上页")}{Link(page + 1, "下页")}{Link(pages.Count - 1, "尾页")}</span></div>
                """));
        }

        shop.Site.Start = Path(0);
        return shop.Site;
    }

    /// <summary>VSB not yet published as files: list.jsp, with the page in a parameter that bears the column's number.</summary>
    public static SimulatedSite VsbDynamic(int seed, Uri origin)
    {
        var shop = new Workshop("vsb-dynamic", seed, origin);
        var tree = shop.Dice.Between(1000, 1999);
        var articles = shop.Publish(shop.Dice.Between(9, 30), 3, (number, _) => $"/xxgk_content.jsp?urltype=news.NewsContentUrl&wbtreeid={tree}&wbnewsid={number}");
        var pages = articles.Chunk(PerPage).ToList();
        shop.Site.Serve("/list.jsp", request =>
        {
            var page = request.Number($"a{tree}p", 1);
            string Link(int target, string text) => target < 1 || target > pages.Count ? text
                : $"<a href=\"?a{tree}t={pages.Count}&a{tree}p={target}&a{tree}c={PerPage}&urltype=tree.TreeTempUrl&wbtreeid={tree}\" class=\"Next\">{text}</a>";
            return shop.Site.Html(shop.Markup.Page("政府信息公开年报",
                $"{shop.Markup.Rows("/list.jsp", pages[page - 1])}<table><tr><td id=\"fanye{tree}\" nowrap>共{articles.Count}条&nbsp;&nbsp;{page}/{pages.Count}&nbsp;</td><td>{Link(1, "首页")}{Link(page - 1, "上页")}{Link(page + 1, "下页")}{Link(pages.Count, "尾页")}</td></tr></table>"));
        });
        shop.Site.Start = $"/list.jsp?urltype=tree.TreeTempUrl&wbtreeid={tree}";
        return shop.Site;
    }

    /// <summary>Anhui: a column of annual reports for each body, whose rows are named by year alone.</summary>
    public static SimulatedSite Anhui(int seed, Uri origin)
    {
        var shop = new Workshop("anhui", seed, origin);
        var name = shop.Dice.Pick("OpennessAnnualReport", "XxgkAnnualReport");
        var number = shop.Dice.Between(3000, 7000);
        var bodies = shop.Dice.Shuffle(["县政府办", "县教育局", "县司法局", "县水利局", "城关镇"]).Take(shop.Dice.Between(2, 4))
            .Select(body => (Name: body, Id: shop.Dice.Hex(24))).ToList();
        var articles = bodies.ToDictionary(body => body.Id, body => Enumerable.Range(2018, shop.Dice.Between(3, 7)).Reverse()
            .Select(year => new ListedArticle($"/{name}/show/{number++}.html", shop.Dice.Pick($"{year}年年度报告", $"{body.Name}{year}年度报告", $"{body.Name}{year}年政府信息公开年度报告"), new DateOnly(year + 1, 1, 20), true))
            .ToList());
        foreach (var article in articles.Values.SelectMany(list => list))
            shop.Publish(article);
        var menu = string.Concat(bodies.Select(body => $"<li><a href=\"/{name}/?branch_id={body.Id}\">{body.Name}</a></li>"));
        shop.Site.Serve($"/{name}/", request =>
        {
            var id = request.Fields.GetValueOrDefault("branch_id") ?? bodies[0].Id;
            return shop.Site.Html(shop.Markup.Page("信息公开年度报告", $"<ul class=\"branch\">{menu}</ul>{shop.Markup.Rows($"/{name}/", articles[id])}<div class=\"page\">共{articles[id].Count}条</div>"));
        });
        shop.Site.Start = $"/{name}/?branch_id={bodies[0].Id}";
        return shop.Site;
    }

    /// <summary>The pager is a script whose pages have no address: what it shows beyond the first cannot be reached.</summary>
    public static SimulatedSite ScriptPager(int seed, Uri origin)
    {
        var shop = new Workshop("script-pager", seed, origin);
        const string Path = "/zwgk/nb/list.html";
        var articles = shop.Publish(shop.Dice.Between(12, 30), 2, (number, date) => $"/zwgk/nb/{date:yyyyMMdd}/i{number}.html");
        var pager = shop.Dice.Pick(
            "<div class=\"page\"><a href=\"javascript:;\" onclick=\"goPage(2)\">下一页</a></div>",
            $"<div id=\"pager\"></div><script>var totalPage = {(articles.Count + PerPage - 1) / PerPage}; laypage({{cont:'pager',pages:totalPage,jump:load}});</script>",
            "<div class=\"page\"><a href=\"javascript:toPage('2')\">下一页</a> <a href=\"javascript:toPage('9')\">末页</a></div>");
        shop.Site.Page(Path, shop.Markup.Page("政府信息公开年报", shop.Markup.Rows(Path, articles.Take(PerPage)) + pager));
        shop.Site.Start = Path;
        shop.Site.Lack = pager.Contains("totalPage", StringComparison.Ordinal) ? "list.pages" : "list.unread_paging";
        shop.Site.Expected.ExceptWith(articles.Skip(PerPage).Select(article => shop.Site.Absolute(article.Path)));
        return shop.Site;
    }
}
