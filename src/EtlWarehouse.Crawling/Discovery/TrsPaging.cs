using System.Globalization;
using System.Text.RegularExpressions;
using EtlWarehouse.Crawling.Fetching;

namespace EtlWarehouse.Crawling.Discovery;

/// <summary>The pages of a static list of TRS WCM: name.html, name_1.html, … as a script counts them.</summary>
/// <param name="Further">All pages but the one read.</param>
/// <param name="Items">Of the whole list; null where the script does not say.</param>
internal sealed partial record TrsPaging(IReadOnlyList<FetchRequest> Further, int Pages, int? Items)
{
    /// <returns>Null where no script counts pages.</returns>
    public static TrsPaging? Find(ListAnswer answer)
    {
        if (Call().Match(answer.Text) is { Success: true } call)
        {
            return Of(
                answer.Url, Number(call.Groups["pages"]), Number(call.Groups["current"]), call.Groups["name"].Value, call.Groups["extension"].Value,
                call.Groups["total"].Success ? Number(call.Groups["total"]) : null);
        }

        if (Count().Match(answer.Text) is not { Success: true } count || Current().Match(answer.Text) is not { Success: true } current)
            return null;
        // The variables name no file: the script that builds the links does, else the page's own name.
        var own = Own().Match(answer.Url.AbsolutePath);
        var built = Built().Match(answer.Text) is { Success: true } written ? written : BuiltIndex().Match(answer.Text);
        return Of(
            answer.Url, Number(count.Groups[1]), Number(current.Groups[1]),
            own.Success ? own.Groups[1].Value : built.Success ? built.Groups[1].Value : "index",
            own.Success ? own.Groups[2].Value : built.Success ? built.Groups[2].Value : "html", null);
    }

    private static TrsPaging Of(Uri page, int pages, int current, string name, string extension, int? total) => new(
        [
            .. Enumerable.Range(0, pages).Where(number => number != current).Select(number => new FetchRequest(new Uri(
                page, number == 0 ? $"{name}.{extension}" : string.Create(CultureInfo.InvariantCulture, $"{name}_{number}.{extension}")))),
        ],
        pages, total);

    private static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    // createPageHTML(pages, current, "index", "html"); some sites put the name of a box first or the total last.
    [GeneratedRegex("""
        createPageHTML\s*\(\s*(?:['"][\w-]*['"]\s*,\s*)?(?<pages>[0-9]{1,5})\s*,\s*(?<current>[0-9]{1,5})\s*,\s*['"](?<name>[\w-]+)['"]\s*,\s*['"](?<extension>\w+)['"](?:\s*,\s*(?<total>[0-9]{1,7}))?
        """)]
    private static partial Regex Call();

    [GeneratedRegex(@"\bcountPage\s*=\s*([0-9]{1,5})\b")]
    private static partial Regex Count();

    [GeneratedRegex(@"\bcurrentPage\s*=\s*([0-9]{1,5})\b")]
    private static partial Regex Current();

    [GeneratedRegex("""(\w+)_["']\s*\+[^;]{0,40}?\.(s?html?|jsp)\b""")]
    private static partial Regex Built();

    // "index" + "_" + nextPage + "." + "html", each with or without a backslash before its quotes.
    [GeneratedRegex("""\b(index)(?:\\?["']\s*\+\s*\\?["'])?\.(?:\\?["']\s*\+\s*\\?["'])?(s?html?|jsp)\b""")]
    private static partial Regex BuiltIndex();

    [GeneratedRegex(@"/([\w-]+?)(?:_[0-9]+)?\.(\w+)$")]
    private static partial Regex Own();
}
