namespace EtlWarehouse.Crawling.Discovery;

/// <summary>TRS WCM: static pages index.html, index_1.html, … and a script that states how many there are.</summary>
public sealed class TrsStaticList : IListFamily
{
    public string Code => "trs";

    public bool Recognises(ListAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return TrsPaging.Find(answer) is not null;
    }

    public ListPage Read(ListAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var paging = TrsPaging.Find(answer);
        var items = ListRows.Find(answer.Html, answer.Url);
        return new ListPage(items, paging?.Further ?? [], SubColumns.Find(answer, items), paging?.Items, paging?.Pages);
    }
}
