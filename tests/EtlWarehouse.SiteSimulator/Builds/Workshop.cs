using System.Globalization;

namespace EtlWarehouse.SiteSimulator.Builds;

/// <summary>What every build begins with: a seeded hand, articles, and a front page.</summary>
internal sealed class Workshop
{
    public Workshop(string build, int seed, Uri origin)
    {
        Dice = new Dice(seed);
        var charset = SiteCharset.Of(Dice);
        Markup = new Markup(Dice, origin, charset);
        Site = new SimulatedSite(build, origin, charset);
        Site.Page("/", Markup.Page("县人民政府门户网站", "<h2>要闻</h2><ul><li><a href=\"/xwzx/1.html\">全县经济工作会议召开</a><span>2026-01-05</span></li></ul><a href=\"/zwgk/\">政务公开</a>", isFront: true));
    }

    public Dice Dice { get; }

    public Markup Markup { get; }

    public SimulatedSite Site { get; }

    public static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    /// <summary>Reports and what stands among them, each with its page.</summary>
    public List<ListedArticle> Publish(int reports, int others, Func<int, DateOnly, string> path)
    {
        var articles = SitePlan.Make(Dice, reports, others, path);
        articles.ForEach(Publish);
        return articles;
    }

    /// <summary>An article whose page is the report itself, or no report at all.</summary>
    public void Publish(ListedArticle article)
    {
        if (article.IsReport)
        {
            Site.Expected.Add(Site.Absolute(article.Path));
            var html = ArticlePages.Report(Markup, Dice, article);
            ServeArticle(article.Path, html);
        }
        else
        {
            ServeArticle(article.Path, ArticlePages.News(Markup, article));
        }
    }

    public void ServeArticle(string path, string html)
    {
        var question = path.IndexOf('?');
        if (question < 0)
            Site.Page(path, html);
        else
            ByQuery(path[..question], path[(question + 1)..], html);
    }

    /// <summary>Pages under one address that differ in their query.</summary>
    private void ByQuery(string path, string query, string html)
    {
        if (!_byQuery.TryGetValue(path, out var pages))
        {
            pages = _byQuery[path] = [];
            Site.Serve(path, request => pages.FirstOrDefault(page => page.Fields.All(field =>
                request.Fields.GetValueOrDefault(field.Key) == field.Value)).Html is { } found ? Site.Html(found) : SimulatedAnswer.NotFound);
        }

        var fields = query.Split('&').Select(field => field.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        pages.Add((fields, html));
    }

    private readonly Dictionary<string, List<(Dictionary<string, string> Fields, string Html)>> _byQuery = [];
}
