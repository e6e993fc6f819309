using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using EtlWarehouse.Crawling.Fetching;
using HtmlAgilityPack;

namespace EtlWarehouse.Crawling.Discovery;

/// <summary>
/// Hanweb jpage: records in CDATA, the first of them in the column page, the others by calls to a data proxy, or by the
/// address that each answer names for its next group.
/// </summary>
public sealed partial class HanwebColumn : IListFamily
{
    // One call answers three pages' worth of records.
    private const int PagesPerCall = 3;

    public string Code => "hanweb";

    public bool Recognises(ListAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer.Text.Contains("<recordset>", StringComparison.OrdinalIgnoreCase);
    }

    public ListPage Read(ListAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var items = Record().Matches(answer.Text)
            .Select(match => ListRows.Record(PageText.Parse(match.Groups[1].Value).DocumentNode, answer.LinkBase))
            .OfType<ListItem>()
            .DistinctBy(item => item.Url)
            .ToList();
        var total = ListPaging.Number(TotalElement(), answer.Text) ?? ListPaging.Number(TotalOption(), answer.Text);
        var calls = Calls(answer, items.Count, total);
        return new ListPage(items, calls.Count > 0 ? calls : NextGroup(answer), [], total);
    }

    /// <summary>The calls for the records that do not stand in the column page; only that page knows how to ask.</summary>
    private static List<FetchRequest> Calls(ListAnswer answer, int given, int? total)
    {
        var proxy = Proxy().Match(answer.Text);
        if (!proxy.Success || Form(answer.Text) is not { } form || total is null || ListPaging.Number(PerPage(), answer.Text) is not { } perPage || perPage == 0)
            return [];

        var calls = new List<FetchRequest>();
        var perCall = PagesPerCall * perPage;
        // A call begins where a group of pages begins, so a group that is given in part is asked for again.
        for (var start = 1 + (given / perCall * perCall); start <= total; start += perCall)
        {
            var end = Math.Min(start + perCall - 1, total.Value);
            var query = string.Create(CultureInfo.InvariantCulture, $"startrecord={start}&endrecord={end}&perpage={perPage}");
            var address = new UriBuilder(new Uri(answer.Url, WebUtility.HtmlDecode(proxy.Groups[1].Value))) { Query = query };
            calls.Add(new FetchRequest(address.Uri, form));
        }

        return calls;
    }

    /// <summary>What names the column to the proxy: an object of options, or a query string kept in a variable.</summary>
    private static string? Form(string text)
    {
        if (Parameters().Match(text) is { Success: true } options)
        {
            return string.Join('&', Parameter().Matches(options.Groups[1].Value).Select(pair =>
                $"{pair.Groups["name"].Value}={WebUtility.UrlEncode(pair.Groups["text"].Success ? pair.Groups["text"].Value : pair.Groups["number"].Value)}"));
        }

        return QueryParameters().Match(text) is { Success: true } query ? WebUtility.HtmlDecode(query.Groups[1].Value) : null;
    }

    private static List<FetchRequest> NextGroup(ListAnswer answer)
    {
        var group = NextGroupElement().Match(answer.Text);
        if (!group.Success || Href().Match(group.Groups[1].Value) is not { Success: true } href)
            return [];
        return Uri.TryCreate(answer.Url, HtmlEntity.DeEntitize(href.Groups[1].Value), out var url) ? [new FetchRequest(url)] : [];
    }

    [GeneratedRegex(@"<record>\s*<!\[CDATA\[(.*?)\]\]>\s*</record>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Record();

    [GeneratedRegex(@"<totalrecord>\s*([0-9]{1,7})\s*</totalrecord>", RegexOptions.IgnoreCase)]
    private static partial Regex TotalElement();

    [GeneratedRegex(@"<nextgroup>(.*?)</nextgroup>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex NextGroupElement();

    [GeneratedRegex("""href\s*=\s*['"]([^'"]+)['"]""", RegexOptions.IgnoreCase)]
    private static partial Regex Href();

    [GeneratedRegex("""totalRecord['"]?\s*:\s*['"]?([0-9]{1,7})""")]
    private static partial Regex TotalOption();

    [GeneratedRegex("""perPage['"]?\s*:\s*['"]?([0-9]{1,4})""")]
    private static partial Regex PerPage();

    [GeneratedRegex("""proxyUrl['"]?\s*:\s*['"]([^'"]+)['"]""")]
    private static partial Regex Proxy();

    [GeneratedRegex("""ajaxParam['"]?\s*:\s*\{([^}]*)\}""")]
    private static partial Regex Parameters();

    [GeneratedRegex("""['"]((?:\w+=[^'"&]*&(?:amp;)?)*webid=[^'"]*unitid=[^'"]*)['"]""")]
    private static partial Regex QueryParameters();

    [GeneratedRegex("""(?<name>\w+)\s*:\s*(?:'(?<text>[^']*)'|"(?<text>[^"]*)"|(?<number>[0-9]+))""")]
    private static partial Regex Parameter();
}
