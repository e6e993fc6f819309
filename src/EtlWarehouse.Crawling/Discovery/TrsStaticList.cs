using System.Globalization;
using System.Text.RegularExpressions;
using EtlWarehouse.Crawling.Fetching;

namespace EtlWarehouse.Crawling.Discovery;

/// <summary>TRS WCM: static pages index.html, index_1.html, … and a script call that states how many there are.</summary>
public sealed partial class TrsStaticList : IListFamily
{
    public string Code => "trs";

    public bool Recognises(ListAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Paging().IsMatch(answer.Text);
    }

    public ListPage Read(ListAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var further = new List<FetchRequest>();
        int? declared = null;
        var paging = Paging().Match(answer.Text);
        if (paging.Success)
        {
            var pages = int.Parse(paging.Groups["pages"].ValueSpan, CultureInfo.InvariantCulture);
            var current = int.Parse(paging.Groups["current"].ValueSpan, CultureInfo.InvariantCulture);
            for (var page = 0; page < pages; page++)
            {
                var name = page == 0 ? paging.Groups["name"].Value : $"{paging.Groups["name"].Value}_{page}";
                if (page != current)
                    further.Add(new FetchRequest(new Uri(answer.Url, $"{name}.{paging.Groups["extension"].Value}")));
            }

            if (paging.Groups["total"].Success)
                declared = int.Parse(paging.Groups["total"].ValueSpan, CultureInfo.InvariantCulture);
        }

        return new ListPage(ListRows.Find(answer.Html, answer.Url), further, [], declared);
    }

    // createPageHTML(pages, current, "index", "html"); some sites put the name of a box first or the total last.
    [GeneratedRegex("""
        createPageHTML\s*\(\s*(?:['"][\w-]*['"]\s*,\s*)?(?<pages>[0-9]{1,5})\s*,\s*(?<current>[0-9]{1,5})\s*,\s*['"](?<name>[\w-]+)['"]\s*,\s*['"](?<extension>\w+)['"](?:\s*,\s*(?<total>[0-9]{1,7}))?
        """)]
    private static partial Regex Paging();
}
