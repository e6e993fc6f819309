using System.Text.RegularExpressions;
using HtmlAgilityPack;

namespace EtlWarehouse.Crawling.Discovery;

/// <param name="Name">The name the page gives it.</param>
public sealed record Attachment(Uri Url, string Name);

/// <summary>Where the report of a page stands.</summary>
/// <param name="IsReport">Whether the page's own text is the report.</param>
/// <param name="Files">The files that are the report; beside a page that is one, the same report in another rendition.</param>
public sealed record ReportParts(bool IsReport, IReadOnlyList<Attachment> Files);

/// <summary>Whether a page is the report itself or only leads to it.</summary>
public static partial class ReportPage
{
    // A covering note is a sentence or two; a report in prose alone, as before 2019, is far longer.
    private const int LongestNote = 1200;

    // From the form of 2019 on a report has tables.
    private const int FirstYearOfTables = 2019;

    /// <param name="year">The reporting year, as the list has it; null where it has none.</param>
    public static ReportParts Read(ListAnswer page, int? year)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (!IsMarkup(page))
            return new ReportParts(true, []);

        var text = PageText.Visible(page.Html);
        var shown = Shown(page);
        if (ReportTable().IsMatch(text))
            return new ReportParts(true, shown);

        var linked = Linked(page);
        // Among several files only those that are called a report count; a single one is what the page is about.
        var files = shown.Count > 0 ? shown : linked.Count <= 1 ? linked : [.. linked.Where(file => ListedTitle.SkipReason(file.Name) is null)];
        if (text.Length > LongestNote && !(year >= FirstYearOfTables && files.Count > 0))
            return new ReportParts(true, []);
        return new ReportParts(files.Count == 0, files);
    }

    /// <summary>Whether a page with hardly any text shows or links a file.</summary>
    internal static bool LeadsToFiles(ListAnswer page) => Shown(page).Count > 0 || Linked(page).Count > 0;

    private static bool IsMarkup(ListAnswer page) =>
        page.MediaType is null or "text/html" or "application/xhtml+xml" && page.Text.Contains('<', StringComparison.Ordinal);

    private static List<Attachment> Linked(ListAnswer page) =>
    [
        .. ListRows.Links(page.Html, page.Url)
            .Select(link => new Attachment(link.Url, ListRows.Title(link.Anchor)))
            .Where(file => FileExtension().IsMatch(file.Url.AbsolutePath) || FileExtension().IsMatch(file.Url.Query) || FileExtension().IsMatch(file.Name))
            .GroupBy(file => file.Url)
            .Select(same => same.MaxBy(file => file.Name.Length)!),
    ];

    /// <summary>Files that a frame shows, by themselves or through a viewer that is told of them in its address.</summary>
    private static List<Attachment> Shown(ListAnswer page)
    {
        var files = new List<Attachment>();
        foreach (var frame in page.Html.SelectNodes("//iframe[@src] | //embed[@src] | //object[@data]") ?? Enumerable.Empty<HtmlNode>())
        {
            var source = HtmlEntity.DeEntitize(frame.GetAttributeValue("src", null!) ?? frame.GetAttributeValue("data", "")).Trim();
            var told = Told().Match(source);
            var address = told.Success ? Uri.UnescapeDataString(told.Groups[1].Value) : source;
            if (Uri.TryCreate(page.Url, address, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
                && FileExtension().IsMatch(url.AbsolutePath))
                files.Add(new Attachment(url, Uri.UnescapeDataString(url.Segments[^1])));
        }

        return [.. files.DistinctBy(file => file.Url)];
    }

    [GeneratedRegex("本年新收政府信息公开申请|上年结转政府信息公开申请|收到和处理政府信息公开申请|主动公开政府信息数|收到信息公开申请数")]
    private static partial Regex ReportTable();

    [GeneratedRegex(@"\.(pdf|docx?|wps|ofd|xlsx?|et|txt|rtf)$", RegexOptions.IgnoreCase)]
    private static partial Regex FileExtension();

    [GeneratedRegex(@"[?&](?:file|url|src)=([^&#]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Told();
}
