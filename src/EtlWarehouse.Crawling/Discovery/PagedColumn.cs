using System.Globalization;
using System.Text.RegularExpressions;
using EtlWarehouse.Crawling.Fetching;

namespace EtlWarehouse.Crawling.Discovery;

/// <summary>A plain list: pages by a number in the address, and perhaps columns below it, one an agency or a year.</summary>
public sealed partial class PagedColumn : IListFamily
{
    public string Code => "paged";

    /// <summary>What no other family takes.</summary>
    public bool Recognises(ListAnswer answer) => true;

    public ListPage Read(ListAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var items = ListRows.Find(answer.Html, answer.Url);
        var links = ListRows.Links(answer.Html, answer.Url).Select(link => (link.Url, Text: ListRows.Title(link.Anchor))).ToList();
        var text = PageText.Fold(answer.Html.InnerText);
        var total = Total().Match(text) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : (int?)null;
        return new ListPage(items, Pages(links, text), items.Count == 0 ? Below(answer.Url, links) : [], total);
    }

    /// <summary>The pages that a list states by number, or the next one where it only links that.</summary>
    private static List<FetchRequest> Pages(List<(Uri Url, string Text)> links, string text)
    {
        var next = links.Find(link => NextLink().IsMatch(link.Text)).Url;
        if (next is null)
            return [];
        var number = PageNumber().Match(next.Query);
        if (!number.Success || PageCount().Match(text) is not { Success: true } count)
            return [new FetchRequest(next)];

        var pages = int.Parse(count.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        return
        [
            .. Enumerable.Range(2, Math.Max(0, pages - 1)).Select(page => new FetchRequest(new UriBuilder(next)
            {
                Query = PageNumber().Replace(next.Query, match => string.Create(CultureInfo.InvariantCulture, $"{match.Groups[1].Value}{page}"), 1),
            }.Uri)),
        ];
    }

    /// <summary>Links to folders below that of the page itself.</summary>
    private static List<FetchRequest> Below(Uri page, List<(Uri Url, string Text)> links)
    {
        var folder = new Uri(page, ".");
        return
        [
            .. links
                .Where(link => link.Url.Host == page.Host && IndexOfFolder().IsMatch(link.Url.AbsolutePath)
                    && link.Url.AbsolutePath.StartsWith(folder.AbsolutePath, StringComparison.Ordinal)
                    && new Uri(link.Url, ".").AbsolutePath.Length > folder.AbsolutePath.Length)
                .Select(link => new FetchRequest(link.Url))
                .DistinctBy(request => request.Key),
        ];
    }

    [GeneratedRegex(@"共(?:有|计)?\s*([0-9]{1,7})\s*(?:条|篇)")]
    private static partial Regex Total();

    [GeneratedRegex(@"(?:[0-9]+\s*/\s*|共\s*)([0-9]{1,5})\s*页")]
    private static partial Regex PageCount();

    [GeneratedRegex("^(下一?页|后一页|Next|next|>|›|»)")]
    private static partial Regex NextLink();

    [GeneratedRegex(@"([?&](?:page|pageIndex|pageNo|pageNum|pageNumber|currPage|curPage|pn|p)=)[0-9]+", RegexOptions.IgnoreCase)]
    private static partial Regex PageNumber();

    [GeneratedRegex(@"/(?:(?:index|list|default)\.\w+)?$", RegexOptions.IgnoreCase)]
    private static partial Regex IndexOfFolder();
}
