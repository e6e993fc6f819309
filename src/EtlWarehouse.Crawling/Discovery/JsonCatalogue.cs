using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using EtlWarehouse.Crawling.Fetching;

namespace EtlWarehouse.Crawling.Discovery;

/// <summary>Guangdong gkmlpt: an index page that carries a tree of categories, and lists that answer in JSON.</summary>
public sealed partial class JsonCatalogue : IListFamily
{
    public string Code => "gkmlpt";

    public bool Recognises(ListAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer.IsJson || (SiteId().IsMatch(answer.Text) && Tree().IsMatch(answer.Text));
    }

    /// <exception cref="FormatException">The answer is neither an index page nor a list.</exception>
    public ListPage Read(ListAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        try
        {
            return answer.IsJson ? ReadList(answer) : ReadIndex(answer);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"{answer.Url}: expected a catalogue in JSON, found: {exception.Message}", exception);
        }
    }

    private static ListPage ReadList(ListAnswer answer)
    {
        using var json = JsonDocument.Parse(answer.Text);
        var root = json.RootElement;
        var articles = root.GetProperty("articles").EnumerateArray().ToList();
        var total = root.GetProperty("classify").GetProperty("post_count").GetInt32();
        var items = articles.Select(article => new ListItem(
            new Uri(answer.Url, article.GetProperty("url").GetString()),
            PageText.Fold(article.GetProperty("title").GetString() ?? ""),
            ListRows.FindDate(article.GetProperty("created_at").GetString() ?? ""))).ToList();
        return new ListPage(items, Further(answer.Url, articles.Count, total), [], total);
    }

    /// <summary>Pages from 1; page 0 would be page 1 again. How many there are follows from the first one's length.</summary>
    private static List<FetchRequest> Further(Uri url, int perPage, int total)
    {
        var page = Page().Match(url.Query);
        if (!page.Success || page.Groups[2].Value != "1" || perPage == 0)
            return [];

        return
        [
            .. Enumerable.Range(2, Math.Max(0, ((total + perPage - 1) / perPage) - 1)).Select(number => new FetchRequest(new UriBuilder(url)
            {
                Query = Page().Replace(url.Query, match => string.Create(CultureInfo.InvariantCulture, $"{match.Groups[1].Value}{number}"), 1),
            }.Uri)),
        ];
    }

    private static ListPage ReadIndex(ListAnswer answer)
    {
        var site = SiteId().Match(answer.Text).Groups[1].Value;
        var start = Tree().Match(answer.Text);
        var tree = Balanced(answer.Text, start.Index + start.Length - 1);
        using var json = JsonDocument.Parse(tree);
        var lists = Nodes(json.RootElement)
            .Where(node => node.GetProperty("name").GetString() is { } name && (name.Contains("年报", StringComparison.Ordinal) || name.Contains("年度报告", StringComparison.Ordinal)))
            .Select(node => node.GetProperty("id").GetInt64())
            .Select(id => new FetchRequest(new Uri(answer.Url, string.Create(CultureInfo.InvariantCulture, $"/gkmlpt/api/all/{id}?page=1&sid={site}"))))
            .ToList();
        return new ListPage([], [], lists);
    }

    private static IEnumerable<JsonElement> Nodes(JsonElement level) => level.EnumerateArray().SelectMany(node =>
        node.TryGetProperty("children", out var children) && children.ValueKind == JsonValueKind.Array ? Nodes(children).Prepend(node) : [node]);

    /// <summary>The text from an opening bracket to the one that closes it; brackets within strings do not count.</summary>
    private static string Balanced(string text, int open)
    {
        var depth = 0;
        var isQuoted = false;
        for (var index = open; index < text.Length; index++)
        {
            var character = text[index];
            if (isQuoted)
            {
                if (character == '\\')
                    index++;
                else if (character == '"')
                    isQuoted = false;
                continue;
            }

            isQuoted = character == '"';
            depth += character is '[' or '{' ? 1 : character is ']' or '}' ? -1 : 0;
            if (depth == 0)
                return text[open..(index + 1)];
        }

        throw new JsonException("a tree that never ends");
    }

    [GeneratedRegex("""\bSID['"]?\s*:\s*['"]([0-9]+)['"]""")]
    private static partial Regex SiteId();

    [GeneratedRegex("""\bTREE['"]?\s*:\s*\[""")]
    private static partial Regex Tree();

    [GeneratedRegex("([?&]page=)([0-9]+)")]
    private static partial Regex Page();
}
