using System.Text.RegularExpressions;
using EtlWarehouse.Crawling.Fetching;

namespace EtlWarehouse.Crawling.Discovery;

/// <summary>Anhui's OpennessAnnualReport and XxgkAnnualReport: a list of annual reports for each body, and links to the other bodies' lists.</summary>
public sealed partial class AnhuiColumn : IListFamily
{
    public string Code => "anhui";

    public bool Recognises(ListAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return ListRows.Links(answer.Html, answer.Url).Any(link => Article().IsMatch(link.Url.AbsolutePath));
    }

    public ListPage Read(ListAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var items = ListRows.Find(answer.Html, answer.Url, isNamedByColumn: true).Where(item => Article().IsMatch(item.Url.AbsolutePath)).ToList();
        var bodies = ListRows.Links(answer.Html, answer.Url)
            .Where(link => link.Url.Host == answer.Url.Host && link.Url.AbsolutePath == answer.Url.AbsolutePath && Body().IsMatch(link.Url.Query))
            .Select(link => new FetchRequest(link.Url))
            .DistinctBy(request => request.Key)
            .ToList();
        var paging = ListPaging.Read(answer);
        return new ListPage(items, paging.Further, bodies, paging.Items, paging.Pages, paging.Unread);
    }

    [GeneratedRegex("/(Openness|Xxgk)AnnualReport/show/[0-9a-f]+", RegexOptions.IgnoreCase)]
    private static partial Regex Article();

    [GeneratedRegex("[?&](branch_?id|organ_?id|unit_?id)=", RegexOptions.IgnoreCase)]
    private static partial Regex Body();
}
