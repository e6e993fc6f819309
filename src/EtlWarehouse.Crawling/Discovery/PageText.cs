using System.Text.RegularExpressions;
using HtmlAgilityPack;

namespace EtlWarehouse.Crawling.Discovery;

/// <summary>From the text of a page to its markup, and from that to words.</summary>
internal static partial class PageText
{
    /// <summary>What a reader sees of a page, without blanks: no scripts, no styles.</summary>
    public static string Visible(HtmlNode html) => Blanks().Replace(string.Concat(html.DescendantsAndSelf()
        .Where(node => node.NodeType == HtmlNodeType.Text && node.ParentNode?.Name is not ("script" or "style" or "noscript" or "title"))
        .Select(node => HtmlEntity.DeEntitize(node.InnerText))), "");

    public static HtmlDocument Parse(string html)
    {
        // Old pages never close their list items and cells.
        var document = new HtmlDocument { OptionFixNestedTags = true };
        document.LoadHtml(html);
        return document;
    }

    /// <summary>The text of a node with blanks folded and control characters gone.</summary>
    public static string Fold(string text) => Blanks().Replace(HtmlEntity.DeEntitize(text) ?? "", " ").Trim();

    /// <summary>Whether a conversion broke it: marks of unknown characters, and not one Chinese one.</summary>
    public static bool IsGarbled(string text) =>
        (text.Contains("??", StringComparison.Ordinal) || text.Contains('\uFFFD', StringComparison.Ordinal))
        && !text.Any(character => character is >= '\u4e00' and <= '\u9fff');

    [GeneratedRegex(@"[\s\p{C}\u00A0\u3000]+")]
    private static partial Regex Blanks();
}
