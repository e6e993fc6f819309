using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using EtlWarehouse.Crawling.Fetching;

namespace EtlWarehouse.Crawling.Discovery;

/// <summary>Hanweb jpage: records in CDATA, the first of them in the column page, the others by calls to a data proxy.</summary>
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
        var records = Record().Matches(answer.Text).Select(match => match.Groups[1].Value);
        var items = records
            .SelectMany(record => ListRows.Find(PageText.Parse(record).DocumentNode, answer.Url))
            .DistinctBy(item => item.Url)
            .ToList();
        var total = Number(TotalElement(), answer.Text) ?? Number(TotalOption(), answer.Text);
        return new ListPage(items, Calls(answer, items.Count, total), [], total);
    }

    /// <summary>The calls for the records that do not stand in the column page; only that page knows how to ask.</summary>
    private static List<FetchRequest> Calls(ListAnswer answer, int given, int? total)
    {
        var proxy = Proxy().Match(answer.Text);
        var parameters = Parameters().Match(answer.Text);
        if (!proxy.Success || !parameters.Success || total is null || Number(PerPage(), answer.Text) is not { } perPage || perPage == 0)
            return [];

        var form = string.Join('&', Parameter().Matches(parameters.Groups[1].Value).Select(pair =>
            $"{pair.Groups["name"].Value}={WebUtility.UrlEncode(pair.Groups["text"].Success ? pair.Groups["text"].Value : pair.Groups["number"].Value)}"));
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

    private static int? Number(Regex pattern, string text) =>
        pattern.Match(text) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"<record>\s*<!\[CDATA\[(.*?)\]\]>\s*</record>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Record();

    [GeneratedRegex(@"<totalrecord>\s*([0-9]{1,7})\s*</totalrecord>", RegexOptions.IgnoreCase)]
    private static partial Regex TotalElement();

    [GeneratedRegex("""totalRecord['"]?\s*:\s*['"]?([0-9]{1,7})""")]
    private static partial Regex TotalOption();

    [GeneratedRegex("""perPage['"]?\s*:\s*['"]?([0-9]{1,4})""")]
    private static partial Regex PerPage();

    [GeneratedRegex("""proxyUrl['"]?\s*:\s*['"]([^'"]+)['"]""")]
    private static partial Regex Proxy();

    [GeneratedRegex("""ajaxParam['"]?\s*:\s*\{([^}]*)\}""")]
    private static partial Regex Parameters();

    [GeneratedRegex("""(?<name>\w+)\s*:\s*(?:'(?<text>[^']*)'|"(?<text>[^"]*)"|(?<number>[0-9]+))""")]
    private static partial Regex Parameter();
}
