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

    /// <param name="root">Where to look.</param>
    /// <param name="baseUrl">Where relative links start.</param>
    public static List<ListItem> Find(HtmlNode root, Uri baseUrl)
    {
        var items = new List<ListItem>();
        foreach (var (anchor, url) in Links(root, baseUrl))
        {
            var title = Title(anchor);
            if (title.Length == 0)
                continue;
            var date = DateBeside(anchor);
            if (date is not null || ListedTitle.NamesYear(title))
                items.Add(new ListItem(url, title, date));
        }

        // The same document may be linked by its picture and by its title.
        return [.. items.GroupBy(item => item.Url).Select(same => same.MaxBy(item => item.Title.Length)!)];
    }

    /// <summary>All links to pages, with their absolute addresses.</summary>
    public static IEnumerable<(HtmlNode Anchor, Uri Url)> Links(HtmlNode root, Uri baseUrl)
    {
        var declared = root.OwnerDocument.DocumentNode.SelectSingleNode("//base[@href]")?.GetAttributeValue("href", "");
        var start = declared is not null && Uri.TryCreate(baseUrl, declared, out var changed) ? changed : baseUrl;
        foreach (var anchor in root.SelectNodes(".//a[@href]") ?? Enumerable.Empty<HtmlNode>())
        {
            var href = HtmlEntity.DeEntitize(anchor.GetAttributeValue("href", "")).Trim();
            if (href.Length > 0 && !href.StartsWith('#') && Uri.TryCreate(start, href, out var url)
                && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps))
                yield return (anchor, new UriBuilder(url) { Fragment = "" }.Uri);
        }
    }

    /// <summary>The printed text, unless the title attribute says more: lists cut long titles.</summary>
    public static string Title(HtmlNode anchor)
    {
        var printed = PageText.Fold(anchor.InnerText);
        var whole = PageText.Fold(anchor.GetAttributeValue("title", ""));
        return whole.Length > printed.Length || printed.EndsWith('…') && whole.Length > 0 ? whole : printed;
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
}
