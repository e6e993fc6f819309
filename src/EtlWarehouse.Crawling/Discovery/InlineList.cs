using System.Text.RegularExpressions;
using HtmlAgilityPack;

namespace EtlWarehouse.Crawling.Discovery;

/// <summary>Lists whose lines are written by a script in each of them: the address and the title stand in variables.</summary>
public sealed partial class InlineList : IListFamily
{
    public string Code => "inline";

    public bool Recognises(ListAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return LinkVariable().IsMatch(answer.Text);
    }

    public ListPage Read(ListAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var items = (answer.Html.SelectNodes("//script") ?? Enumerable.Empty<HtmlNode>())
            .Select(script => Row(script, answer.Url))
            .OfType<ListItem>()
            .DistinctBy(item => item.Url)
            .ToList();
        var paging = TrsPaging.Find(answer);
        return new ListPage(items, paging?.Further ?? [], [], paging?.Items, paging?.Pages);
    }

    private static ListItem? Row(HtmlNode script, Uri page)
    {
        var link = LinkVariable().Match(script.InnerText);
        if (!link.Success || !Uri.TryCreate(page, link.Groups["link"].Value, out var url))
            return null;

        var title = Text().Matches(script.InnerText).Select(match => PageText.Fold(match.Groups["text"].Value))
            .Where(text => text.Any(character => character is >= '\u4e00' and <= '\u9fff'))
            .MaxBy(text => text.Length);
        // The date stands beside the script, in the same row.
        var row = script.Ancestors().FirstOrDefault(node => node.Name is "tr" or "li" or "dd" or "p");
        return title is null ? null : new ListItem(url, title, row is null ? null : ListRows.FindDate(PageText.Visible(row)));
    }

    [GeneratedRegex("""\bvar\s+\w*(?:Link|Url|Href)\w*\s*=\s*(['"])(?<link>[^'"]+\.(?:s?html?|jsp|aspx|pdf|docx?))\1""", RegexOptions.IgnoreCase)]
    private static partial Regex LinkVariable();

    [GeneratedRegex("""\bvar\s+\w+\s*=\s*(['"])(?<text>.*?)\1""")]
    private static partial Regex Text();
}
