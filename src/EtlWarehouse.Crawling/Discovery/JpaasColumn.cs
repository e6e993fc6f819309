using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using EtlWarehouse.Crawling.Fetching;
using HtmlAgilityPack;

namespace EtlWarehouse.Crawling.Discovery;

/// <summary>Hanweb jpaas: a shell of a page that names its units, and a service that answers each unit as markup within JSON.</summary>
public sealed partial class JpaasColumn : IListFamily
{
    private const string Service = "/api-gateway/jpaas-publish-server/front/page/build/unit";
    private static readonly string[] Passed = ["webId", "pageId", "tagId", "tplSetId"];

    public string Code => "jpaas";

    public bool Recognises(ListAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return IsService(answer.Request.Url) || Units(answer.Html).Any();
    }

    /// <exception cref="FormatException">The service answers with something else than a unit.</exception>
    public ListPage Read(ListAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (IsService(answer.Request.Url))
            return ReadUnit(answer);

        var units = Units(answer.Html).ToList();
        var lists = units.Where(unit => ListUnit().IsMatch(unit.Parameters["tagId"])).ToList();
        // The rows that stand in the shell come again with the unit.
        return new ListPage(
            ListRows.Find(answer.Html, answer.Url), [],
            [.. (lists.Count > 0 ? lists : units).Select(unit => Ask(answer.Url, unit.Address, unit.Parameters)).DistinctBy(request => request.Key)]);
    }

    private static ListPage ReadUnit(ListAnswer answer)
    {
        string html;
        try
        {
            using var json = JsonDocument.Parse(answer.Text);
            html = json.RootElement.GetProperty("data").GetProperty("html").GetString() ?? "";
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"{answer.Url}: expected a unit of a page in JSON, found: {exception.Message}", exception);
        }

        var items = ListRows.Find(PageText.Parse(html).DocumentNode, answer.LinkBase);
        var total = ListPaging.Number(Count(), html);
        var size = ListPaging.Number(Size(), html);
        if (total is null || size is null or 0)
            return new ListPage(items, [], [], total, null, NextText().IsMatch(html) ? "a unit that has pages and does not say how many" : null);

        var pages = (total.Value + size.Value - 1) / size.Value;
        var isFirst = !answer.Request.Url.Query.Contains("paramJson=", StringComparison.Ordinal);
        return new ListPage(
            items,
            isFirst ? [.. Enumerable.Range(2, Math.Max(0, pages - 1)).Select(page => Page(answer.Request.Url, page, size.Value))] : [],
            [], total, pages);
    }

    private static FetchRequest Page(Uri first, int page, int size) => new(new UriBuilder(first)
    {
        Query = string.Create(CultureInfo.InvariantCulture, $"{first.Query}&paramJson={WebUtility.UrlEncode($"{{\"pageNo\":{page},\"pageSize\":{size}}}")}"),
    }.Uri);

    /// <remarks>The service spells its parse type so.</remarks>
    private static FetchRequest Ask(Uri page, string? address, Dictionary<string, string> parameters) => new(new UriBuilder(new Uri(page, address ?? Service))
    {
        Query = "parseType=bulidstatic&pageType=column&editType=null&"
            + string.Join('&', Passed.Where(parameters.ContainsKey).Select(name => $"{name}={WebUtility.UrlEncode(parameters[name])}")),
    }.Uri);

    private static IEnumerable<(string? Address, Dictionary<string, string> Parameters)> Units(HtmlNode html)
    {
        foreach (var node in html.SelectNodes("//*[@querydata]") ?? Enumerable.Empty<HtmlNode>())
        {
            var parameters = Parameter().Matches(HtmlEntity.DeEntitize(node.GetAttributeValue("querydata", "")))
                .DistinctBy(match => match.Groups[1].Value)
                .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
            if (parameters.ContainsKey("webId") && parameters.ContainsKey("tagId"))
                yield return (node.GetAttributeValue("url", null!), parameters);
        }
    }

    private static bool IsService(Uri url) => url.AbsolutePath.EndsWith("/front/page/build/unit", StringComparison.Ordinal);

    [GeneratedRegex("""['"](\w+)['"]\s*:\s*['"]([^'"]*)['"]""")]
    private static partial Regex Parameter();

    [GeneratedRegex("列表|list|内容|信息|分页|栏目", RegexOptions.IgnoreCase)]
    private static partial Regex ListUnit();

    [GeneratedRegex("""\b(?:count|totalCount|totalRecord|total)\b['"]?\s*[=:]\s*['"]?([0-9]{1,7})""", RegexOptions.IgnoreCase)]
    private static partial Regex Count();

    [GeneratedRegex("""\b(?:pageSize|perPage|rows)\b['"]?\s*[=:]\s*['"]?([0-9]{1,4})""", RegexOptions.IgnoreCase)]
    private static partial Regex Size();

    [GeneratedRegex("下一?页")]
    private static partial Regex NextText();
}
