namespace EtlWarehouse.SiteSimulator.Builds;

/// <summary>Lists without a total that change while they are read, so that items move from one page to the next.</summary>
internal static class MovingBuilds
{
    private const int PerPage = 6;
    private const string Path = "/zwgk/nb.html";

    public static SimulatedSite Still(int seed, Uri origin) => Make("moving", seed, origin, (_, _) => { });

    /// <summary>A report is published while the second page is asked for.</summary>
    public static SimulatedSite Inserted(int seed, Uri origin) => Make("moving-insert", seed, origin, (list, asked) =>
    {
        if (asked == 2)
            list.Publish();
    });

    /// <summary>One is withdrawn behind the first page when that and the second are read: the first of the third page is never shown.</summary>
    public static SimulatedSite Deleted(int seed, Uri origin) => Make("moving-delete", seed, origin, (list, asked) =>
    {
        if (asked == 3)
            list.Withdraw(PerPage + 2);
    });

    /// <summary>Something is published before each answer.</summary>
    public static SimulatedSite Restless(int seed, Uri origin)
    {
        var site = Make("moving-restless", seed, origin, (list, _) => list.Publish());
        site.Lack = "list.changed";
        return site;
    }

    private static SimulatedSite Make(string build, int seed, Uri origin, Action<MovingList, int> change)
    {
        var shop = new Workshop(build, seed, origin);
        var list = new MovingList(shop);
        var asked = 0;
        shop.Site.Serve(Path, request =>
        {
            change(list, ++asked);
            var page = request.Number("page", 1);
            var next = page * PerPage < list.Articles.Count ? $"<a href='?page={page + 1}'>下一页</a>" : "";
            return shop.Site.Html(shop.Markup.Page("政府信息公开年报",
                $"{shop.Markup.Rows(Path, list.Articles.Skip((page - 1) * PerPage).Take(PerPage))}<div class=page>{next}</div>"));
        });
        shop.Site.Start = Path;
        return shop.Site;
    }

    private sealed class MovingList
    {
        private readonly Workshop _shop;
        private int _published;

        public MovingList(Workshop shop)
        {
            _shop = shop;
            Articles = shop.Publish(shop.Dice.Between(22, 30), 0, (number, date) => $"/zwgk/{date:yyyyMM}/t{number}.html");
        }

        public List<ListedArticle> Articles { get; }

        public void Publish()
        {
            var article = new ListedArticle($"/zwgk/202604/t{99000 + _published}.html", $"县第{++_published}局2025年政府信息公开工作年度报告", new DateOnly(2026, 4, 1), true);
            _shop.Publish(article);
            Articles.Insert(0, article);
        }

        public void Withdraw(int place)
        {
            _shop.Site.Expected.Remove(_shop.Site.Absolute(Articles[place].Path));
            Articles.RemoveAt(place);
        }
    }
}
