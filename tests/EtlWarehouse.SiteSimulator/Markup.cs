using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;

namespace EtlWarehouse.SiteSimulator;

/// <summary>One site's hand: how it writes rows, links and what stands around them. Different for each seed, the same within a site.</summary>
public sealed class Markup
{
    private const int PrintedTitle = 22;

    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(" '\"<>=&");

    private readonly Uri _origin;
    private readonly string _doctype;
    private readonly string _side;
    private readonly bool _isSideFirst;
    private readonly string _ellipsis;
    private readonly bool _hasTitles;
    private readonly int _box;
    private readonly bool _isUpper;
    private readonly char? _quote;
    private readonly bool _cutsTitles;
    private readonly int _linkStyle;
    private readonly int _rowStyle;
    private readonly string _dateForm;

    public Markup(Dice dice, Uri origin, SiteCharset charset)
    {
        (_origin, Charset) = (origin, charset);
        _isUpper = dice.Chance(20);
        _quote = dice.Pick<char?>('"', '"', '\'', null);
        _cutsTitles = dice.Chance(50);
        _linkStyle = dice.Between(0, 4);
        _rowStyle = dice.Between(0, 4);
        _dateForm = dice.Pick("yyyy-MM-dd", "'['yyyy-MM-dd']'", "yyyy/M/d", "yyyy'年'M'月'd'日'", "yyyy.MM.dd", "yyyy-MM-dd HH:mm");
        _doctype = dice.Pick("<!DOCTYPE html>\r\n", "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\">\n", "");
        _side = Side(dice);
        _isSideFirst = dice.Chance(50);
        _ellipsis = dice.Pick("…", "...");
        _hasTitles = _cutsTitles || dice.Chance(30);
        _box = dice.Between(100, 999);
    }

    public SiteCharset Charset { get; }

    /// <summary>A whole page: head, banner, menu, the content between boxes that every page of the site shows, foot.</summary>
    /// <param name="isFront">The front page shows no way to itself.</param>
    public string Page(string title, string content, bool isFront = false)
    {
        var page = new StringBuilder();
        page.Append(_doctype).Append(Tag("html", "lang", "zh")).Append(Tag("head"));
        if (Charset.Meta is { } name)
            page.Append(_isUpper ? $"<META http-equiv=Content-Type content='text/html; charset={name}'>" : $"<meta charset=\"{name}\">");
        page.Append($"<title>{title}</title><meta content=\"{title}\" name=\"ColumnName\"><script>var _hmt=[];function goTop(){{scrollTo(0,0)}}</script></head><body>");
        page.Append("<div class=\"header\"><div class=\"w1200\"><a href=\"/\">网站首页</a> | <a href=\"/xwzx/\">新闻中心</a> | <a href=\"/zwgk/\">政务公开</a> | <a href=\"/bsfw/\">办事服务</a> | <a href=\"/hdjl/\">互动交流</a></div>今天是2026年11月21日</div>");
        if (!isFront)
            page.Append("<div class=position>当前位置：<a href=/>首页</a> &gt; <a href=\"/zwgk/\">政府信息公开</a> &gt; ").Append(title).Append("</div>");
        page.Append("<div class=\"con_wrap clearfix\">").Append(_isSideFirst ? _side : "");
        page.Append("<div class=\"right-nr fr\">").Append(content).Append("</div>").Append(_isSideFirst ? "" : _side).Append("</div>");
        page.Append("<div class=\"foot\"><p>主办单位：县人民政府办公室&nbsp;&nbsp;ICP备案号：京ICP备05000000号-1</p><a href=\"http://www.gov.test/\">友情链接</a></div></body></html>");
        return page.ToString();
    }

    /// <summary>All rows of a list in this site's form.</summary>
    /// <param name="from">The page they stand on; links start there.</param>
    public string Rows(string from, IEnumerable<ListedArticle> articles)
    {
        var rows = articles.Select(article => Row(from, article)).ToList();
        return _rowStyle switch
        {
            0 => $"<ul class=\"newslist\">{string.Join('\n', rows)}</ul>",
            1 => $"<table width=98% border=0 cellspacing=0 class=listTab><tbody><tr><th>标题</th><th>日期</th></tr>{string.Concat(rows)}</tbody></table>",
            2 => string.Concat(rows.Chunk(5).Select(group => $"<ul class=\"list_5\">{string.Concat(group)}</ul><div class=\"line\"></div>")),
            3 => $"<dl class=\"gk-list\">{string.Join("\r\n", rows)}</dl>",
            _ => $"<div class=\"main-list\" id=\"div_{_box}\">{string.Join('\n', rows)}</div>",
        };
    }

    public string Row(string from, ListedArticle article)
    {
        var link = Anchor(Link(from, article.Path), article.Title);
        var date = article.Date.ToDateTime(new TimeOnly(9, 30)).ToString(_dateForm, CultureInfo.InvariantCulture);
        return _rowStyle switch
        {
            0 => _isUpper ? $"<LI>{link}<SPAN>{date}</SPAN>" : $"<li><span class=\"date\">{date}</span>{link}</li>",
            1 => $"<tr><td class='bt'>{link}</td><td class=\"rq\"><span>{date}</span></td></tr>",
            2 => $"<li>{link}<span style=\"float:right\">{date}</span></li>",
            3 => $"<dd><i>&middot;</i>{link}<em>{date}</em></dd>",
            _ => $"<p class=\"item\"><b>·</b>{link} {date}</p>",
        };
    }

    public string Anchor(string href, string title)
    {
        var printed = _cutsTitles && title.Length > PrintedTitle ? title[..PrintedTitle] + _ellipsis : title;
        var attributes = new List<string> { Attribute("href", href), Attribute("target", "_blank") };
        if (_hasTitles)
            attributes.Insert(_box % 3, Attribute("title", title));
        return $"<{Name("a")} {string.Join(' ', attributes)}>{printed}</{Name("a")}>";
    }

    /// <summary>The address of a page of this site as a link on another of its pages writes it.</summary>
    public string Link(string from, string to) => _linkStyle switch
    {
        0 => to,
        1 => new Uri(_origin, to).AbsoluteUri,
        2 => $"//{_origin.Authority}{to}",
        _ => Relative(from, to),
    };

    /// <summary>As content systems write it: <c>./202401/t…html</c> for what lies below, <c>../</c> for what does not.</summary>
    public static string Relative(string from, string to)
    {
        var folder = from[..(from.LastIndexOf('/') + 1)];
        if (to.StartsWith(folder, StringComparison.Ordinal))
            return "./" + to[folder.Length..];
        var climbs = 0;
        while (!to.StartsWith(folder, StringComparison.Ordinal))
        {
            folder = folder[..(folder.TrimEnd('/').LastIndexOf('/') + 1)];
            climbs++;
        }

        return string.Concat(Enumerable.Repeat("../", climbs)) + to[folder.Length..];
    }

    private static string Side(Dice dice) => dice.Pick("热点信息", "最新发布", "相关阅读", "通知公告") is var heading && dice.Chance(70)
        ? $"""
           <div class="left-box fl"><h3>{heading}</h3><ul>
           <li><a href="/xwzx/202601/news1.html" title="县委常委会召开会议">县委常委会召开会议</a><span>2026-01-12</span></li>
           <li><a href='/xwzx/202601/news2.html'>全县安全生产工作会议召开</a><span>2026-01-09</span></li>
           <li><a href="http://www.other.gov.test/ndbg/2025.html">省教育厅2024年政府信息公开工作年度报告</a><span>2026-01-08</span></li>
           </ul></div>
           """
        : "<div class=\"left-box fl\"><a href=\"/zwgk/zfxxgkzn/\">政府信息公开指南</a><a href=\"/zwgk/zc/\">政策文件</a><a href=\"/zwgk/ysqgk/\">依申请公开</a><a href=\"/zwgk/fdzdgknr/\">法定主动公开内容</a></div>";

    private string Attribute(string name, string value) => _quote is { } quote
        ? $"{Name(name)}={quote}{WebUtility.HtmlEncode(value)}{quote}"
        : !value.AsSpan().ContainsAny(NeedsQuotes) && !value.EndsWith('/') ? $"{Name(name)}={value}" : $"{Name(name)}=\"{WebUtility.HtmlEncode(value)}\"";

    private string Tag(string name, string? attribute = null, string? value = null) =>
        attribute is null ? $"<{Name(name)}>" : $"<{Name(name)} {Attribute(attribute, value!)}>";

    private string Name(string name) => _isUpper ? name.ToUpperInvariant() : name;
}
