using System.Text.RegularExpressions;
using EtlWarehouse.Crawling.Fetching;

namespace EtlWarehouse.Crawling.Discovery;

/// <summary>Hanweb's portal page of annual reports, xxgkAnnualReport.jsp: a list a year and area, chosen by links.</summary>
public sealed partial class HanwebPortal : IListFamily
{
    public string Code => "hanweb-annual";

    public bool Recognises(ListAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Portal().IsMatch(answer.Url.AbsolutePath);
    }

    public ListPage Read(ListAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var items = ListRows.Find(answer.Html, answer.Url, isNamedByColumn: true).Where(item => !Portal().IsMatch(item.Url.AbsolutePath)).ToList();
        var others = ListRows.Links(answer.Html, answer.Url)
            .Where(link => link.Url.Host == answer.Url.Host && Portal().IsMatch(link.Url.AbsolutePath) && !PageOfList().IsMatch(link.Url.Query))
            .Select(link => new FetchRequest(link.Url))
            .DistinctBy(request => request.Key)
            .ToList();
        var paging = ListPaging.Read(answer);
        return new ListPage(items, paging.Further, others, paging.Items, paging.Pages, paging.Unread);
    }

    [GeneratedRegex("/xxgkAnnualReport\\.jsp$", RegexOptions.IgnoreCase)]
    private static partial Regex Portal();

    [GeneratedRegex("[?&](page|currpage|pageno)=", RegexOptions.IgnoreCase)]
    private static partial Regex PageOfList();
}
