using System.Text.RegularExpressions;
using EtlWarehouse.Crawling.Fetching;
using HtmlAgilityPack;

namespace EtlWarehouse.Crawling.Discovery;

/// <summary>Tells a page from what servers answer with status 200 in its place.</summary>
internal static partial class AbsentPage
{
    // A page that says that there is none says little else.
    private const int LongestNotice = 400;

    // Fewer Chinese characters than any heading of a report has.
    private const int FewestCharacters = 8;

    /// <summary>Why the answer is not the page that was asked for; null where nothing speaks against it.</summary>
    /// <returns>A fault with code <c>page.moved_to_front</c>, <c>page.deleted</c>, <c>page.not_found</c> or <c>page.no_text</c>.</returns>
    public static FetchFault? Find(Uri asked, ListAnswer answer)
    {
        if (answer.Url.AbsolutePath == "/" && answer.Url.Query.Length == 0 && asked.AbsolutePath != "/")
            return Fault("page.moved_to_front", asked, "a redirect to the front page");
        if (answer.IsJson || !answer.Text.Contains('<', StringComparison.Ordinal) || answer.MediaType is not (null or "text/html" or "application/xhtml+xml"))
            return null;

        var text = PageText.Visible(answer.Html);
        if (text.Length <= LongestNotice && Refresh(answer.Html) is { } target)
            return Fault("page.deleted", asked, $"a refresh to {target}");
        if (text.Length <= LongestNotice && Notice().IsMatch(text))
            return Fault("page.not_found", asked, "a notice that there is none");
        if (text.Count(character => character is >= '\u4e00' and <= '\u9fff') < FewestCharacters 
            && (PageText.IsGarbled(text) || !ReportPage.LeadsToFiles(answer)))
            return Fault("page.no_text", asked, "no Chinese text");
        return null;
    }

    /// <summary>Where a refresh without delay leads.</summary>
    private static string? Refresh(HtmlNode html) => (html.SelectNodes("//meta[@http-equiv]") ?? Enumerable.Empty<HtmlNode>())
        .Where(meta => string.Equals(meta.GetAttributeValue("http-equiv", ""), "refresh", StringComparison.OrdinalIgnoreCase))
        .Select(meta => Target().Match(HtmlEntity.DeEntitize(meta.GetAttributeValue("content", ""))))
        .FirstOrDefault(match => match.Success)?.Groups[1].Value;

    private static FetchFault Fault(string code, Uri asked, string found) => new(code, $"{asked}: expected a page, found {found}");

    [GeneratedRegex(@"^\s*0\s*;\s*url\s*=\s*['""]?([^'""\s]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Target();

    // A report counts information that does not exist, and any number may be 404.
    [GeneratedRegex("(页面|网页|文章|栏目|链接|[您你][要所]?(访问|查看|浏览|查找|请求)的[^。]{0,8}).{0,4}(不存在|找不到|未找到|已被?删除|已失效|已下线)|找不到.{0,6}(页面|网页)|404(NotFound|错误|页)", RegexOptions.IgnoreCase)]
    private static partial Regex Notice();
}
