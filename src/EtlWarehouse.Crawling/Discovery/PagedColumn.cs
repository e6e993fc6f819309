using System.Text.RegularExpressions;
using EtlWarehouse.Crawling.Fetching;

namespace EtlWarehouse.Crawling.Discovery;

/// <summary>A plain list with pages of its own addresses, a column of columns, or a front page that leads to either.</summary>
public sealed partial class PagedColumn : IListFamily
{
    // The nearer one leads to the column by itself.
    private static readonly Regex[] Hubs = [NearHub(), FarHub()];

    public string Code => "paged";

    /// <summary>What no other family takes.</summary>
    public bool Recognises(ListAnswer answer) => true;

    public ListPage Read(ListAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var items = ListRows.Find(answer.Html, answer.Url);
        var links = ListRows.Links(answer.Html, answer.Url).Select(link => (link.Url, Text: ListRows.Title(link.Anchor))).ToList();
        var isFront = FrontPath().IsMatch(answer.Url.AbsolutePath);
        // A front page may show a report among its news; only its column has them all.
        if (isFront || !items.Exists(item => item.SkipReason is null))
        {
            var columns = Called(answer.Url, links, ColumnName());
            foreach (var hub in isFront ? Hubs : [])
                columns = columns.Count > 0 ? columns : Called(answer.Url, links, hub);
            if (columns.Count > 0)
                return new ListPage(isFront ? [] : items, [], columns);
        }

        var paging = ListPaging.Read(answer);
        // Below a front page lies the whole site; below a column of reports lie those of other agencies.
        var below = !isFront && (items.Count == 0 || items.Exists(item => item.SkipReason is null)) ? SubColumns.Find(answer, items) : [];
        return new ListPage(items, paging.Further, below, paging.Items, paging.Pages, paging.Unread);
    }

    /// <summary>Links with such a name: those of the same host, else others.</summary>
    private static List<FetchRequest> Called(Uri page, List<(Uri Url, string Text)> links, Regex name)
    {
        var called = links.Where(link => name.IsMatch(link.Text.Replace(" ", "", StringComparison.Ordinal)) && link.Url != page).ToList();
        var own = called.Where(link => link.Url.Host == page.Host).ToList();
        return [.. (own.Count > 0 ? own : called).Select(link => new FetchRequest(link.Url)).DistinctBy(request => request.Key)];
    }

    [GeneratedRegex("^((政府|政务)?信息公开)(工作)?(年度)?(工作)?(年报|年度报告|年度工作报告|报告)$|^(公开)?(年报|年度报告|年度工作报告)$")]
    private static partial Regex ColumnName();

    [GeneratedRegex("^政府信息公开(专栏|平台)?$")]
    private static partial Regex NearHub();

    [GeneratedRegex("^(政务公开|信息公开)(专栏|平台)?$")]
    private static partial Regex FarHub();

    [GeneratedRegex(@"^/(?:(?:index|default)\.\w+)?$", RegexOptions.IgnoreCase)]
    private static partial Regex FrontPath();
}
