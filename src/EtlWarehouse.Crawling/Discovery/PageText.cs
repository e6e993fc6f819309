using System.Text.RegularExpressions;
using HtmlAgilityPack;

namespace EtlWarehouse.Crawling.Discovery;

/// <summary>From the text of a page to its markup, and from that to words.</summary>
internal static partial class PageText
{
    public static HtmlDocument Parse(string html)
    {
        // Old pages never close their list items and cells.
        var document = new HtmlDocument { OptionFixNestedTags = true };
        document.LoadHtml(html);
        return document;
    }

    /// <summary>The text of a node with blanks folded and control characters gone.</summary>
    public static string Fold(string text) => Blanks().Replace(HtmlEntity.DeEntitize(text) ?? "", " ").Trim();

    [GeneratedRegex(@"[\s\p{C}\u00A0\u3000]+")]
    private static partial Regex Blanks();
}
