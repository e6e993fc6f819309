namespace EtlWarehouse.SiteSimulator.Builds;

/// <summary>TRS WCM: static pages, of which a script says how many there are.</summary>
internal static class TrsBuilds
{
    private const int PerPage = 6;

    public static SimulatedSite Counted(int seed, Uri origin) => Make("trs", seed, origin, isStub: false);

    /// <summary>Pages from the second on are shells of a few hundred bytes.</summary>
    public static SimulatedSite Stubs(int seed, Uri origin) => Make("trs-stubs", seed, origin, isStub: true);

    /// <summary>Rows and paging are written by scripts in the page.</summary>
    public static SimulatedSite Inline(int seed, Uri origin)
    {
        var shop = new Workshop("trs-inline", seed, origin);
        const string Folder = "/zfxxgk/zfxxgknb/";
        var articles = shop.Publish(shop.Dice.Between(8, 20), 3, (number, date) => $"{Folder}{date:yyyyMM}/t{date:yyyyMMdd}_{number}.shtml");
        var pages = articles.Chunk(PerPage).ToList();
        for (var page = 0; page < pages.Count; page++)
        {
            var rows = string.Concat(pages[page].Select(article => $$"""
                <tr><td><script>
                var strLink='{{Markup.Relative(Folder, article.Path)}}'; var strTitle='{{article.Title}}';
                document.write('<a href="'+strLink+'" target="_blank" title="'+strTitle+'">'+strTitle.substr(0,20)+'</a>');
                </script></td><td class="rq"><span>{{article.Date:yyyy-MM-dd}}</span></td></tr>
                """));
            shop.Site.Page(Folder + Name("index_bm", page, "shtml"), shop.Markup.Page("政府信息公开年报", $$"""
                <div class="mlList"><table class="listTab">{{rows}}</table></div><div id="page"><script>
                var currentPage = {{page}};//所在页从0开始
                var countPage = {{pages.Count}}//共多少页
                var nextPage = currentPage+1;
                if(countPage>1&&currentPage!=(countPage-1)) document.write("<a href='index_bm_"+nextPage+".shtml'>下一页</a>");
                </script></div>
                """));
        }

        shop.Site.Start = Folder + "index_bm.shtml";
        return shop.Site;
    }

    private static SimulatedSite Make(string build, int seed, Uri origin, bool isStub)
    {
        var shop = new Workshop(build, seed, origin);
        var folder = shop.Dice.Pick("/zwgk/zfxxgk/ndbg/", "/zfxxgk/fdzdgknr/zfxxgknb_1/", "/xxgk/nb/");
        var extension = shop.Dice.Pick("html", "shtml", "htm");
        var articles = shop.Publish(shop.Dice.Between(8, 26), shop.Dice.Between(1, 5), (number, date) => $"{folder}{date:yyyyMM}/t{date:yyyyMMdd}_{number}.{extension}");
        var pages = articles.Chunk(PerPage).ToList();
        var form = shop.Dice.Between(0, 3);
        for (var page = 0; page < pages.Count; page++)
        {
            var path = folder + Name("index", page, extension);
            var paging = form switch
            {
                0 => $"createPageHTML({pages.Count}, {page}, \"index\", \"{extension}\");",
                1 => $"createPageHTML('page_div',{pages.Count},{page},'index','{extension}',{articles.Count});",
                2 => $"\r\n\tcreatePageHTML( {pages.Count} , {page} , 'index' , '{extension}' )",
                _ => $"var currentPage = {page}; var countPage = {pages.Count}; function toPage(n){{location.href=n==0?'index.{extension}':'index_'+n+'.{extension}';}}",
            };
            shop.Site.Page(path, isStub && page > 0
                ? $"<html><head><title>政府信息公开年报</title><script src=\"/images/jquery.js\"></script></head><body><div id=\"list\"></div><script>{paging}</script></body></html>"
                : shop.Markup.Page("政府信息公开年报", $"{shop.Markup.Rows(path, pages[page])}<div class=\"page\" id=\"page_div\"><script>{paging}</script></div>"));
        }

        if (isStub && pages.Count > 1)
        {
            shop.Site.Lack = "list.page_empty";
            shop.Site.Expected.ExceptWith(pages.Skip(1).SelectMany(page => page).Select(article => shop.Site.Absolute(article.Path)));
        }

        shop.Site.Start = folder + $"index.{extension}";
        return shop.Site;
    }

    private static string Name(string name, int page, string extension) => page == 0 ? $"{name}.{extension}" : $"{name}_{page}.{extension}";
}
