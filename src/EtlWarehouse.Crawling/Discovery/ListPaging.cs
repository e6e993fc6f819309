using System.Globalization;
using System.Text.RegularExpressions;
using EtlWarehouse.Crawling.Fetching;
using HtmlAgilityPack;

namespace EtlWarehouse.Crawling.Discovery;

/// <summary>What the foot of a list says of its other pages.</summary>
/// <param name="Further">Requests of the pages it links, or states by number.</param>
/// <param name="Unread">See <see cref="ListPage.UnreadPaging"/>.</param>
internal sealed partial record ListPaging(IReadOnlyList<FetchRequest> Further, int? Items, int? Pages, string? Unread)
{
    // A page count beyond this is some other number.
    private const int MostDigitsOfPage = 4;

    public static ListPaging Read(ListAnswer answer)
    {
        var links = ListRows.Links(answer.Html, answer.Url).Select(link => (link.Url, Text: ListRows.Title(link.Anchor))).ToList();
        var text = PageText.Fold(PageText.Visible(answer.Html));
        var pages = Number(PageCount(), text) ?? Number(ScriptPages(), answer.Text);
        var further = Linked(answer.Url, links).Concat(Stated(answer.Url, links, Number(PageCount(), text))).DistinctBy(request => request.Key).ToList();
        return new ListPaging(further, Number(Total(), text), pages, UnreadNext(answer.Html, links, text, further.Count > 0));
    }

    /// <summary>The next page, and those that a number leads to.</summary>
    private static IEnumerable<FetchRequest> Linked(Uri page, List<(Uri Url, string Text)> links) => links
        .Where(link => link.Url.Host == page.Host && link.Url != page
            && (NextText().IsMatch(link.Text) || (IsPageNumber(link.Text) && PagingAddress().IsMatch(link.Url.PathAndQuery) && IsNear(page, link.Url))))
        .Select(link => new FetchRequest(link.Url));

    /// <summary>Where both a page count is printed and the number stands in the address, all pages.</summary>
    private static IEnumerable<FetchRequest> Stated(Uri page, List<(Uri Url, string Text)> links, int? count)
    {
        var next = links.Find(link => NextText().IsMatch(link.Text) && link.Url.Host == page.Host).Url;
        if (next is null || count is null || !PageParameter().IsMatch(next.Query))
            return [];

        return Enumerable.Range(2, Math.Max(0, count.Value - 1)).Select(number => new FetchRequest(new UriBuilder(next)
        {
            Query = PageParameter().Replace(next.Query, match => string.Create(CultureInfo.InvariantCulture, $"{match.Groups[1].Value}{number}"), 1),
        }.Uri));
    }

    /// <summary>A next page that is drawn but has no address, unless it is drawn as out of use.</summary>
    private static string? UnreadNext(HtmlNode html, List<(Uri Url, string Text)> links, string text, bool isFollowed)
    {
        // Where any page of this list is linked, its pager has addresses; a next page without one is then past the end.
        if (isFollowed || links.Exists(link => BackText().IsMatch(link.Text) && PagingAddress().IsMatch(link.Url.PathAndQuery)))
            return null;
        if (Position().Match(text) is { Success: true } position
            && int.Parse(position.Groups[1].ValueSpan, CultureInfo.InvariantCulture) >= int.Parse(position.Groups[2].ValueSpan, CultureInfo.InvariantCulture))
            return null;
        if (Number(PageCount(), text) == 1)
            return null;

        var next = (html.SelectNodes("//a") ?? Enumerable.Empty<HtmlNode>()).FirstOrDefault(anchor => NextText().IsMatch(ListRows.Title(anchor)));
        return next is not null && CallsScript(next) ? $"a next page without address: {next.OuterHtml[..Math.Min(next.OuterHtml.Length, 120)]}" : null;
    }

    private static bool CallsScript(HtmlNode anchor)
    {
        if (OutOfUse().IsMatch(anchor.GetAttributeValue("class", "")) || OutOfUse().IsMatch(anchor.ParentNode?.GetAttributeValue("class", "") ?? ""))
            return false;
        return anchor.Attributes.Contains("onclick") || ScriptCall().IsMatch(anchor.GetAttributeValue("href", ""));
    }

    private static bool IsPageNumber(string text) =>
        text.Length is > 0 and <= MostDigitsOfPage && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 2;

    /// <summary>In the folder of the page, or in one of the same name beside it.</summary>
    private static bool IsNear(Uri page, Uri other)
    {
        var folder = new Uri(page, ".").AbsolutePath;
        return other.AbsolutePath.StartsWith(folder, StringComparison.Ordinal);
    }

    internal static int? Number(Regex pattern, string text) =>
        pattern.Match(text) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"共(?:有|计)?\s*([0-9]{1,7})\s*(?:条|篇)")]
    private static partial Regex Total();

    [GeneratedRegex(@"(?:(?:(?<![0-9])[0-9]{1,4}\s*/\s*|共\s*)(?=[0-9]{1,4}\s*页)|条\s*[0-9]{1,4}\s*/\s*)([0-9]{1,4})")]
    private static partial Regex PageCount();

    [GeneratedRegex(@"(?<![0-9/-])([0-9]{1,4})\s*/\s*([0-9]{1,4})(?![0-9/])\s*页?")]
    private static partial Regex Position();

    [GeneratedRegex("""\b(?:countPage|totalPages?|pageCount|pageTotal)\s*[=:]\s*['"]?([0-9]{1,4})\b""")]
    private static partial Regex ScriptPages();

    [GeneratedRegex("^(下一?页|后一页|Next|next|>+|›|»)")]
    private static partial Regex NextText();

    [GeneratedRegex("^(上一?页|前一页|首页|Prev|prev|<+|‹|«)")]
    private static partial Regex BackText();

    // The address of a page of a list has a number of its own.
    [GeneratedRegex(@"[_\-/=]?[0-9]{1,4}(\.\w+)?$|[?&][a-z]*(?:page|p|pn|index|no|num)\w*=[0-9]{1,4}(&|$)|[?&]a[0-9]+p=[0-9]{1,4}", RegexOptions.IgnoreCase)]
    private static partial Regex PagingAddress();

    [GeneratedRegex(@"([?&](?:page|pageIndex|pageNo|pageNum|pageNumber|currPage|curPage|pn|p)=)[0-9]+", RegexOptions.IgnoreCase)]
    private static partial Regex PageParameter();

    [GeneratedRegex(@"\b(disabled?|no|gray|grey|last|end|cur|current)\b", RegexOptions.IgnoreCase)]
    private static partial Regex OutOfUse();

    [GeneratedRegex(@"^\s*javascript:\s*(?!;|void|$)\w", RegexOptions.IgnoreCase)]
    private static partial Regex ScriptCall();
}
