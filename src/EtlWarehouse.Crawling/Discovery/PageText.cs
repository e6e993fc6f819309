using System.Text;
using System.Text.RegularExpressions;
using HtmlAgilityPack;

namespace EtlWarehouse.Crawling.Discovery;

/// <summary>From the bytes of a page to its text and markup.</summary>
internal static partial class PageText
{
    static PageText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>By byte order mark, then what the bytes are: UTF-8 if they can be, else what is declared, else GB18030.</summary>
    /// <remarks>Chinese text that happens to be valid UTF-8 is UTF-8, whatever a header says.</remarks>
    public static string Decode(ReadOnlySpan<byte> body, string? declared)
    {
        if (body.StartsWith(Encoding.UTF8.Preamble))
            return Encoding.UTF8.GetString(body[3..]);
        if (body.StartsWith(Encoding.Unicode.Preamble))
            return Encoding.Unicode.GetString(body[2..]);
        if (System.Text.Unicode.Utf8.IsValid(body))
            return Encoding.UTF8.GetString(body);

        var name = declared ?? MetaCharset().Match(Encoding.ASCII.GetString(body[..Math.Min(body.Length, 2048)])).Groups[1].Value;
        return Named(name).GetString(body);
    }

    public static HtmlDocument Parse(string html)
    {
        // Old pages never close their list items and cells.
        var document = new HtmlDocument { OptionFixNestedTags = true };
        document.LoadHtml(html);
        return document;
    }

    /// <summary>The text of a node with blanks folded and control characters gone.</summary>
    public static string Fold(string text) => Blanks().Replace(HtmlEntity.DeEntitize(text) ?? "", " ").Trim();

    private static Encoding Named(string name) => name.ToLowerInvariant() switch
    {
        // UTF-8 with a few broken bytes is still UTF-8.
        "utf-8" or "utf8" => Encoding.UTF8,
        "big5" or "big5-hkscs" => Encoding.GetEncoding("big5"),
        // gb2312 and gbk are subsets of GB18030, and pages that declare them use more than they hold.
        _ => Encoding.GetEncoding("gb18030"),
    };

    [GeneratedRegex("""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex MetaCharset();

    [GeneratedRegex(@"[\s\p{C}\u00A0\u3000]+")]
    private static partial Regex Blanks();
}
