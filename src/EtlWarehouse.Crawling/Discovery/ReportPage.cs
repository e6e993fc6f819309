using System.Text.RegularExpressions;
using HtmlAgilityPack;

namespace EtlWarehouse.Crawling.Discovery;

/// <param name="Name">The name the page gives it.</param>
public sealed record Attachment(Uri Url, string Name);

/// <summary>Whether a page is the report itself or only leads to it.</summary>
public static partial class ReportPage
{
    // A covering note is a sentence or two; a report in prose alone, as before 2019, is far longer.
    private const int LongestNote = 1200;

    /// <summary>The attached reports of a page that has no report of its own; none for any other page.</summary>
    public static IReadOnlyList<Attachment> Attachments(ListAnswer page)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (page.MediaType is not (null or "text/html" or "application/xhtml+xml") || !page.Text.Contains('<', StringComparison.Ordinal))
            return [];

        var text = Blanks().Replace(Prose(page.Html), "");
        if (ReportTable().IsMatch(text) || text.Length > LongestNote)
            return [];

        var files = ListRows.Links(page.Html, page.Url)
            .Where(link => FileExtension().IsMatch(link.Url.AbsolutePath))
            .Select(link => new Attachment(link.Url, ListRows.Title(link.Anchor)))
            .DistinctBy(file => file.Url)
            .ToList();
        // Among several files only those that are called a report count; a single one is what the page is about.
        return files.Count <= 1 ? files : [.. files.Where(file => ListedTitle.SkipReason(file.Name) is null)];
    }

    private static string Prose(HtmlNode html) => string.Concat(html.DescendantsAndSelf()
        .Where(node => node.NodeType == HtmlNodeType.Text && node.ParentNode?.Name is not ("script" or "style"))
        .Select(node => HtmlEntity.DeEntitize(node.InnerText)));

    [GeneratedRegex("本年新收政府信息公开申请|上年结转政府信息公开申请|收到和处理政府信息公开申请|主动公开政府信息数|收到信息公开申请数")]
    private static partial Regex ReportTable();

    [GeneratedRegex(@"\.(pdf|docx?|wps|ofd|xlsx?|et|txt|rtf)$", RegexOptions.IgnoreCase)]
    private static partial Regex FileExtension();

    [GeneratedRegex(@"[\s\u00A0\u3000]+")]
    private static partial Regex Blanks();
}
