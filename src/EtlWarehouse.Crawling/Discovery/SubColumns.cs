using System.Text.RegularExpressions;
using EtlWarehouse.Crawling.Fetching;

namespace EtlWarehouse.Crawling.Discovery;

/// <summary>Columns below a column, e.g. one an agency: links to folders below the page's own that are none of its lines.</summary>
internal static partial class SubColumns
{
    public static List<FetchRequest> Find(ListAnswer answer, IReadOnlyList<ListItem> items)
    {
        // A list that is one file of a folder has its siblings' folders beside it, not below.
        if (items.Count > 0 && !IndexOfFolder().IsMatch(answer.Url.AbsolutePath))
            return [];
        var folder = new Uri(answer.Url, ".");
        var lines = items.Select(item => item.Url).ToHashSet();
        return
        [
            .. ListRows.Links(answer.Html, answer.Url)
                .Select(link => link.Url)
                .Where(url => url.Host == answer.Url.Host && !lines.Contains(url) && IndexOfFolder().IsMatch(url.AbsolutePath)
                    && url.AbsolutePath.StartsWith(folder.AbsolutePath, StringComparison.Ordinal)
                    && new Uri(url, ".").AbsolutePath.Length > folder.AbsolutePath.Length)
                .Select(url => new FetchRequest(url))
                .DistinctBy(request => request.Key),
        ];
    }

    [GeneratedRegex(@"/(?:(?:index|list|default)\.\w+)?$", RegexOptions.IgnoreCase)]
    private static partial Regex IndexOfFolder();
}
