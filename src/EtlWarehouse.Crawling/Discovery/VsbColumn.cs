using System.Text.RegularExpressions;

namespace EtlWarehouse.Crawling.Discovery;

/// <summary>博达 VSB: articles under info/ or in a *_content.jsp; pages that count down in a folder beside the first, or a parameter a…p.</summary>
public sealed partial class VsbColumn : IListFamily
{
    public string Code => "vsb";

    public bool Recognises(ListAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Mark().IsMatch(answer.Text) && ListRows.Find(answer.Html, answer.Url).Exists(item => Article().IsMatch(item.Url.PathAndQuery));
    }

    public ListPage Read(ListAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        // Where reports are attached to the list itself, a line leads to a file.
        var items = ListRows.Find(answer.Html, answer.Url);
        var paging = ListPaging.Read(answer);
        return new ListPage(items, paging.Further, [], paging.Items, paging.Pages, paging.Unread);
    }

    [GeneratedRegex(@"Visual SiteBuilder|wbtreeid=|/info/[0-9]+/[0-9]+\.html?|\binfo/[0-9]+/[0-9]+\.html?")]
    private static partial Regex Mark();

    [GeneratedRegex(@"/info/[0-9]+/[0-9]+\.html?$|wbnewsid=[0-9]+")]
    private static partial Regex Article();
}
