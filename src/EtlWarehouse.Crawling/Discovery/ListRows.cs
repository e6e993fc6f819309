using System.Globalization;
using System.Text.RegularExpressions;
using HtmlAgilityPack;

namespace EtlWarehouse.Crawling.Discovery;

/// <summary>Finds the lines of a list in markup: links with a date beside them, or with the title of a report.</summary>
internal static partial class ListRows
{
    // A line has a link, perhaps a second one to its column or attachment; a menu has many.
    private const int MostLinksOfRow = 3;
    private const int RowDepth = 4;

    // How far above a line the heading of its box can stand.
    private const int BoxDepth = 5;

    private static readonly HashSet<string> Inline = ["b", "strong", "font", "span", "em", "i", "u"];

    /// <summary>The lines of the page's own list; the boxes beside it show other lists.</summary>
    /// <param name="root">Where to look.</param>
    /// <param name="baseUrl">Where relative links start.</param>
    /// <param name="isNamedByColumn">See <see cref="ListItem.IsNamedByColumn"/>.</param>
    public static List<ListItem> Find(HtmlNode root, Uri baseUrl, bool isNamedByColumn = false)
    {
        var isNamed = isNamedByColumn || IsReportColumn(root);
        var rows = new List<(HtmlNode Anchor, ListItem Item)>();
        foreach (var (anchor, url) in Links(root, baseUrl))
        {
            var title = Title(anchor);
            if (title.Length == 0)
                continue;
            var item = new ListItem(url, title, DateBeside(anchor), isNamed);
            if (item.Date is not null || (ListedTitle.YearOf(title) is not null && item.SkipReason is null))
                rows.Add((anchor, item));
        }

        // The same document may be linked by its picture and by its title.
        return [.. Own(rows).GroupBy(item => item.Url).Select(same => same.MaxBy(item => item.Title.Length)!)];
    }

    /// <summary>The one line that a record of a data call is; null where it links nothing.</summary>
    public static ListItem? Record(HtmlNode record, Uri baseUrl, bool isNamedByColumn = false) => Links(record, baseUrl)
        .Select(link => new ListItem(link.Url, Title(link.Anchor), FindDate(PageText.Fold(record.InnerText).Replace(Title(link.Anchor), " ", StringComparison.Ordinal)), isNamedByColumn))
        .MaxBy(item => item.Title.Length);

    /// <summary>All links to pages, with their absolute addresses; patterns that a script fills in are none.</summary>
    public static IEnumerable<(HtmlNode Anchor, Uri Url)> Links(HtmlNode root, Uri baseUrl)
    {
        var declared = root.OwnerDocument.DocumentNode.SelectSingleNode("//base[@href]")?.GetAttributeValue("href", "");
        var start = declared is not null && Uri.TryCreate(baseUrl, declared, out var changed) ? changed : baseUrl;
        foreach (var anchor in root.SelectNodes(".//a[@href]") ?? Enumerable.Empty<HtmlNode>())
        {
            var href = HtmlEntity.DeEntitize(anchor.GetAttributeValue("href", "")).Trim();
            if (href.Length > 0 && !href.StartsWith('#') && !IsPattern(anchor) && Uri.TryCreate(start, href, out var url)
                && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps))
                yield return (anchor, new UriBuilder(url) { Fragment = "" }.Uri);
        }
    }

    /// <summary>The printed text, unless the title attribute says more: lists cut long titles.</summary>
    public static string Title(HtmlNode anchor)
    {
        var printed = PageText.Fold(anchor.InnerText);
        var whole = PageText.Fold(anchor.GetAttributeValue("title", ""));
        return whole.Length > printed.Length || (whole.Length > 0 && Cut().IsMatch(printed)) ? whole : printed;
    }

    /// <summary>The first calendar date in a text; null where there is none.</summary>
    public static DateOnly? FindDate(string text)
    {
        var match = PrintedDate().Match(text);
        return match.Success
            && DateOnly.TryParseExact(
                $"{match.Groups[1].Value}-{match.Groups[2].Value}-{match.Groups[3].Value}", "yyyy-M-d",
                CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;
    }

    /// <summary>
    /// Lines of one list are built alike. Those of a box whose heading says that it shows something else are left out;
    /// of the others all lists that hold a report are the page's own, and where none does the longest.
    /// </summary>
    private static IEnumerable<ListItem> Own(List<(HtmlNode Anchor, ListItem Item)> rows)
    {
        var lists = rows.GroupBy(row => Build(row.Anchor)).Select(list => list.ToList()).ToList();
        var main = lists.Where(list => !IsBeside(list[0].Anchor)).ToList();
        var withReports = main.Where(list => list.Exists(row => row.Item.SkipReason is null)).ToList();
        if (withReports.Count == 0)
            withReports = [.. main.OrderByDescending(list => list.Count).Take(1)];
        var own = withReports.SelectMany(list => list).ToHashSet();
        return rows.Where(own.Contains).Select(row => row.Item);
    }

    /// <summary>The tags and classes above a line, without what only makes letters look different.</summary>
    private static string Build(HtmlNode anchor) => string.Join('>', anchor.Ancestors()
        .Where(node => node.NodeType == HtmlNodeType.Element && !Inline.Contains(node.Name))
        .Select((node, height) => height == 0 ? node.Name : $"{node.Name}.{Digits().Replace(node.GetAttributeValue("class", ""), "")}"));

    private static bool IsBeside(HtmlNode anchor)
    {
        var node = anchor.ParentNode;
        for (var depth = 0; depth < BoxDepth && node is not null; depth++, node = node.ParentNode)
        {
            if (node.Name is "aside" or "nav" or "footer")
                return true;
            var before = node.PreviousSibling;
            while (before is { NodeType: not HtmlNodeType.Element })
                before = before.PreviousSibling;
            if (before is not null && OtherBox().IsMatch(PageText.Fold(before.InnerText)))
                return true;
        }

        return false;
    }

    /// <summary>Whether the page calls itself the column of these reports.</summary>
    private static bool IsReportColumn(HtmlNode root)
    {
        var names = (root.SelectNodes("//title") ?? Enumerable.Empty<HtmlNode>()).Select(title => title.InnerText)
            .Concat((root.SelectNodes("//meta[@content]") ?? Enumerable.Empty<HtmlNode>())
                .Where(meta => string.Equals(meta.GetAttributeValue("name", ""), "ColumnName", StringComparison.OrdinalIgnoreCase))
                .Select(meta => meta.GetAttributeValue("content", "")));
        return names.Any(name => ReportColumn().IsMatch(PageText.Fold(name)));
    }

    private static bool IsPattern(HtmlNode anchor) => anchor.AncestorsAndSelf()
        .Any(node => node.Attributes.Any(attribute => Repeat().IsMatch(attribute.Name)));

    private static DateOnly? DateBeside(HtmlNode anchor)
    {
        var row = anchor.ParentNode;
        for (var depth = 0; depth < RowDepth && row is not null; depth++, row = row.ParentNode)
        {
            if (row.Descendants("a").Take(MostLinksOfRow + 1).Count() > MostLinksOfRow)
                return null;
            // The title may name a day too; the one beside it counts.
            var beside = row.InnerText.Replace(anchor.InnerText, " ", StringComparison.Ordinal);
            if (FindDate(beside) is { } date)
                return date;
        }

        return null;
    }

    [GeneratedRegex(@"(20[0-9]{2})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})(?![0-9])")]
    private static partial Regex PrintedDate();

    [GeneratedRegex(@"(…|\.\.\.?|⋯)$")]
    private static partial Regex Cut();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();

    [GeneratedRegex("^(热点|热门|最新|推荐|相关|点击排行|排行|图片新闻|通知公告|友情链接|政策解读|要闻)[^。]{0,6}$")]
    private static partial Regex OtherBox();

    [GeneratedRegex("信息公开[^>|_-]{0,6}(年报|年度报告)")]
    private static partial Regex ReportColumn();

    [GeneratedRegex("^(ms-repeat|ms-for|ms-attr-href|ng-repeat|v-for|:href|v-bind:href)")]
    private static partial Regex Repeat();
}
