using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using EtlWarehouse.Crawling.Fetching;

namespace EtlWarehouse.Crawling.Discovery;

/// <summary>Sites of Fujian: ten lines in the page, and a search, asked by a posted form, that has them all.</summary>
public sealed partial class FujianColumn : IListFamily
{
    // As many as the search gives at once.
    private const int PerPage = 500;

    public string Code => "fujian";

    public bool Recognises(ListAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return IsSearch(answer) || (Channel().IsMatch(answer.Text) && Class().IsMatch(answer.Text) && Search().IsMatch(answer.Text));
    }

    /// <exception cref="FormatException">The search answers with something else than lines.</exception>
    public ListPage Read(ListAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (IsSearch(answer))
            return ReadSearch(answer);

        var form = string.Create(CultureInfo.InvariantCulture,
            $"channelid={Channel().Match(answer.Text).Groups[1].Value}&sortfield=-pubdate&page=1&prepage={PerPage}&classsql={WebUtility.UrlEncode(Class().Match(answer.Text).Groups[1].Value)}");
        var search = new Uri(answer.Url, Search().Match(answer.Text).Groups[1].Value);
        return new ListPage(ListRows.Find(answer.Html, answer.Url), [], [new FetchRequest(search, form)]);
    }

    private static ListPage ReadSearch(ListAnswer answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer.Text);
            var pages = json.RootElement.GetProperty("pageCount").GetInt32();
            var items = json.RootElement.GetProperty("data").EnumerateArray().Select(line => new ListItem(
                new Uri(answer.Url, Field(line, "docpuburl") ?? Field(line, "chnldocurl") ?? throw new KeyNotFoundException("a line without address")),
                PageText.Fold(Field(line, "doctitle") ?? ""),
                ListRows.FindDate(Field(line, "docreltime") ?? Field(line, "pubdate") ?? ""))).ToList();
            var isFirst = FormPage().Match(answer.Request.Form!).Groups[1].Value == "1";
            return new ListPage(
                items,
                isFirst ? [.. Enumerable.Range(2, Math.Max(0, pages - 1)).Select(page => Page(answer.Request, page))] : [],
                [], null, pages);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"{answer.Url}: expected lines of a search in JSON, found: {exception.Message}", exception);
        }
    }

    private static string? Field(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static FetchRequest Page(FetchRequest first, int page) =>
        first with { Form = FormPage().Replace(first.Form!, string.Create(CultureInfo.InvariantCulture, $"&page={page}&"), 1) };

    private static bool IsSearch(ListAnswer answer) => answer.Request.Form is { } form && FormPage().IsMatch(form) && form.StartsWith("channelid=", StringComparison.Ordinal);

    [GeneratedRegex("""channelid['"]?\s*[:=]\s*['"]?([0-9]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Channel();

    [GeneratedRegex("""classsql['"]?\s*[:=]\s*['"]?(\w+=[0-9]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Class();

    [GeneratedRegex("""['"]([^'"\s]*/search)['"]""")]
    private static partial Regex Search();

    [GeneratedRegex("&page=([0-9]+)&")]
    private static partial Regex FormPage();
}
