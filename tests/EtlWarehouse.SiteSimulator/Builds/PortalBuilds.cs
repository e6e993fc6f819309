namespace EtlWarehouse.SiteSimulator.Builds;

/// <summary>What lies before and behind the lists: front pages, columns of columns, attachments and viewers.</summary>
internal static class PortalBuilds
{
    /// <summary>Only the front page is known; the column is found by what its link says.</summary>
    public static SimulatedSite FrontPage(int seed, Uri origin)
    {
        var shop = new Workshop("front-page", seed, origin);
        const string Column = "/zfxxgk/nb/index.html";
        var articles = shop.Publish(shop.Dice.Between(4, 9), 2, (number, date) => $"/zfxxgk/nb/{date:yyyyMM}/{number}.html");
        shop.Site.Page(Column, shop.Markup.Page("政府信息公开年报", shop.Markup.Rows(Column, articles)));
        var name = shop.Dice.Pick("政府信息公开年报", "政府信息公开年度报告", "信息公开年报", "政府信息公开工作年度报告");
        var hub = shop.Markup.Page("政府信息公开", $"<div class=\"nav\"><a href='/zfxxgk/zn.html'>政府信息公开指南</a><a href='/zfxxgk/zd.html'>政府信息公开制度</a><a href='/zfxxgk/fz/'>法治政府建设年度报告</a><a href='{Column}'>{name}</a></div><p>政策</p>");
        var isTwoSteps = shop.Dice.Chance(50);
        shop.Site.Page("/zfxxgk/", hub);
        shop.Site.Page("/", shop.Markup.Page("县人民政府", $"""
            <div class="news"><ul><li><a href="/xwzx/1.html">县政府召开常务会议</a><span>2026-01-05</span></li><li><a href="/xwzx/2.html">一季度经济形势分析会召开</a><span>2026-01-04</span></li>
            <li><a href="/xwzx/3.html">我县开展节前检查</a><span>2026-01-03</span></li></ul></div>
            <div class="links">{(isTwoSteps ? "<a href=\"/zfxxgk/\">政府信息公开</a>" : $"<a href=\"{Column}\"><img src=\"/i/nb.png\"></a><a href=\"{Column}\" title=\"{name}\">{name}</a>")}</div>
            """, isFront: true));
        return shop.Site;
    }

    /// <summary>A column of columns: one a body, each a list of its own.</summary>
    public static SimulatedSite Columns(int seed, Uri origin)
    {
        var shop = new Workshop("columns", seed, origin);
        const string Folder = "/zwgk/nb/";
        var menu = new List<string>();
        foreach (var body in shop.Dice.Shuffle(["jyj", "sfj", "mzj", "slj", "zf"]).Take(shop.Dice.Between(2, 5)))
        {
            var column = $"{Folder}{body}/";
            var articles = shop.Publish(shop.Dice.Between(2, 8), 1, (number, date) => $"{column}{date:yyyyMMdd}{number}/index.html");
            shop.Site.Page(column, shop.Markup.Page("年报", $"{shop.Markup.Rows(column, articles)}<p>共{articles.Count}条</p>"));
            menu.Add($"<li><a href=\"{column}\">{body}</a></li>");
        }

        // The column itself may list the government's own reports above those columns.
        var own = shop.Dice.Chance(50) ? shop.Publish(shop.Dice.Between(2, 6), 1, (number, date) => $"{Folder}{date:yyyyMMdd}{number + 500}/index.html") : [];
        shop.Site.Page(Folder, shop.Markup.Page("政府信息公开年报", (own.Count > 0 ? shop.Markup.Rows(Folder, own) : "") + $"<ul class=\"bm\">{string.Concat(menu)}</ul>"));
        shop.Site.Start = Folder;
        return shop.Site;
    }

    /// <summary>Articles in all the ways they show a report: text, attachment, viewer, text beside a facsimile.</summary>
    public static SimulatedSite Attachments(int seed, Uri origin) => Attachments("attachments", seed, origin, isBroken: false);

    /// <summary>The same, with an attachment of two bytes and an article that was deleted.</summary>
    public static SimulatedSite BrokenAttachments(int seed, Uri origin) => Attachments("attachments-broken", seed, origin, isBroken: true);

    private static SimulatedSite Attachments(string build, int seed, Uri origin, bool isBroken)
    {
        var shop = new Workshop(build, seed, origin);
        const string Path = "/xxgk/nb/index.html";
        var articles = SitePlan.Make(shop.Dice, shop.Dice.Between(8, 14), 2, (number, date) => $"/xxgk/nb/{date:yyyyMM}/t{date:yyyyMMdd}_{number}.html");
        var reports = articles.Where(article => article.IsReport).ToList();
        articles.Where(article => !article.IsReport).ToList().ForEach(shop.Publish);
        for (var index = 0; index < reports.Count; index++)
            PublishAs(shop, reports[index], index % 5);
        shop.Site.Page(Path, shop.Markup.Page("政府信息公开年报", $"{shop.Markup.Rows(Path, articles)}<div>共 {articles.Count} 条</div>"));
        shop.Site.Start = Path;
        if (isBroken)
        {
            var empty = FilePath(reports[0], "P", "pdf");
            shop.Site.File(empty, "\r\n"u8.ToArray(), "application/pdf");
            shop.Site.Expected.Remove(shop.Site.Absolute(empty));
            shop.Site.Page(reports[1].Path, "<html><head><meta http-equiv=\"refresh\" content=\"0;URL=../\" /></head></html>");
            shop.Site.Expected.ExceptWith([shop.Site.Absolute(reports[1].Path), shop.Site.Absolute(FilePath(reports[1], "W", "pdf"))]);
            shop.Site.Lack = "document.failed";
        }

        return shop.Site;
    }

    private static void PublishAs(Workshop shop, ListedArticle article, int kind)
    {
        var file = FilePath(article, kind == 0 ? "P" : "W", kind == 2 ? "docx" : "pdf");
        switch (kind)
        {
            case 0:
                // An attachment is all there is; its name is the title, or only 附件.
                AddFile(shop, article, file);
                shop.Site.Page(article.Path, ArticlePages.Note(shop.Markup, article,
                    $"<p>附件：<a href=\"{Markup.Relative(article.Path, file)}\" appendix=\"true\">{shop.Dice.Pick(article.Title + ".pdf", "附件1.pdf", "点击下载")}</a></p>"));
                break;
            case 1:
                // The page shows the file in a frame.
                AddFile(shop, article, file);
                shop.Site.Page(article.Path, ArticlePages.Note(shop.Markup, article,
                    $"<iframe {shop.Dice.Pick("width=100%", "class=\"pdf\"")} src=\"/generic2/web/viewer.html?file={shop.Dice.Pick(file, Uri.EscapeDataString(file), Uri.EscapeDataString(shop.Site.Absolute(file)))}\"></iframe>"));
                break;
            case 2:
                AddFile(shop, article, file);
                shop.Site.Page(article.Path, ArticlePages.Note(shop.Markup, article, $"<p>全文见附件。</p><a href='{file}'>{article.Title}</a><a href='{file}'><img src='/i/word.gif'></a>"));
                break;
            case 3:
                // 文字版 and 全真版: one report in two renditions.
                AddFile(shop, article, file);
                shop.Site.Expected.Add(shop.Site.Absolute(article.Path));
                shop.Site.Page(article.Path, ArticlePages.Report(shop.Markup, shop.Dice, article,
                    $"<ul class=\"tab\"><li>文字版</li><li>全真版</li></ul><iframe src='/generic2/web/viewer.html?file={file}'></iframe><a href=\"{file}\">文件下载</a>"));
                break;
            default:
                shop.Publish(article);
                break;
        }
    }

    private static void AddFile(Workshop shop, ListedArticle article, string file)
    {
        shop.Site.File(file, ArticlePages.Pdf(article), file.EndsWith("pdf", StringComparison.Ordinal) ? "application/pdf" : "application/octet-stream");
        shop.Site.Expected.Add(shop.Site.Absolute(file));
    }

    private static string FilePath(ListedArticle article, string letter, string extension) =>
        $"{article.Path[..(article.Path.LastIndexOf('/') + 1)]}{letter}0{article.Date:yyyyMMdd}{Math.Abs(article.Path.Aggregate(17, (sum, character) => unchecked((sum * 31) + character)))}.{extension}";
}
