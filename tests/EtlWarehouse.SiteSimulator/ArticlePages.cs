using System.Text;

namespace EtlWarehouse.SiteSimulator;

/// <summary>The pages and files that lists lead to.</summary>
public static class ArticlePages
{
    /// <summary>A report as a page: what a reader needs is that it is long enough, has its table, and differs from all others.</summary>
    public static string Report(Markup markup, Dice dice, ListedArticle article, string extra = "") => markup.Page(article.Title, $"""
        <h1>{article.Title}</h1><div class="info">来源：县人民政府办公室 发布时间：{article.Date:yyyy-MM-dd} 【字体：大 中 小】</div>
        <div class="TRS_Editor"><p>一、总体情况</p><p>{Prose(dice)}</p><p>二、主动公开政府信息情况</p>
        <table border=1><tr><td>信息内容</td><td>本年制发件数</td></tr><tr><td>行政规范性文件</td><td>{dice.Between(0, 40)}</td></tr></table>
        <p>三、收到和处理政府信息公开申请情况</p><table><tr><td>一、本年新收政府信息公开申请数量</td><td>{dice.Between(0, 90)}</td></tr></table></div>{extra}
        """);

    /// <summary>A page that only leads to what is attached.</summary>
    /// <param name="content">The links, or the frame that shows the file.</param>
    public static string Note(Markup markup, ListedArticle article, string content) => markup.Page(article.Title, $"""
        <h1>{article.Title}</h1><div class="info">发布时间：{article.Date:yyyy-MM-dd}</div><div id="zoom"><p>{article.Title}</p>{content}</div>
        <div class="share"><a href="javascript:void(0)" class="share.sina">微博</a><a href="share.qzone">QQ空间</a><a href="./logoutUrl">退出</a><a href="el.url">下载</a></div>
        """);

    /// <summary>A file with a signature of its kind; no two are the same.</summary>
    public static byte[] Pdf(ListedArticle article) =>
        Encoding.UTF8.GetBytes($"%PDF-1.4\n% {article.Title} {article.Path}\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n");

    public static string News(Markup markup, ListedArticle article) => markup.Page(article.Title, $"<h1>{article.Title}</h1><p>{article.Date:yyyy-MM-dd}</p>");

    private static string Prose(Dice dice) => string.Concat(Enumerable.Range(0, dice.Between(4, 12)).Select(_ => dice.Pick(
        "本年度认真贯彻落实《中华人民共和国政府信息公开条例》。", "全年主动公开政府信息" + dice.Between(10, 900) + "条。",
        "完善依申请公开办理流程。", "加强政府信息管理，落实保密审查制度。", "推进政府信息公开平台建设。", "强化监督保障，组织业务培训" + dice.Between(1, 9) + "次。")));
}
