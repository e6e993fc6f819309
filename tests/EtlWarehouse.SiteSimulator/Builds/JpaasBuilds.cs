using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EtlWarehouse.SiteSimulator.Builds;

/// <summary>jpaas: a shell of a page, and a service that builds its units, each as markup within JSON.</summary>
internal static class JpaasBuilds
{
    private const string Service = "/api-gateway/jpaas-publish-server/front/page/build/unit";

    public static SimulatedSite Paged(int seed, Uri origin) => Make("jpaas", seed, origin, isStuck: false);

    /// <summary>Whatever page is asked for, the first is given.</summary>
    public static SimulatedSite Stuck(int seed, Uri origin) => Make("jpaas-stuck", seed, origin, isStuck: true);

    private static SimulatedSite Make(string build, int seed, Uri origin, bool isStuck)
    {
        var shop = new Workshop(build, seed, origin);
        var (page, unit, template) = (shop.Dice.Hex(32), shop.Dice.Pick("当前栏目_list", "信息列表", "内容区域"), shop.Dice.Hex(32));
        var articles = shop.Publish(shop.Dice.Between(22, 45), 3, (_, date) => $"/col/col{page[..6]}/art/{date.Year}/art_{shop.Dice.Hex(32)}.html");
        const string Path = "/zwgk/zfxxgknb/index.html";
        var size = shop.Dice.Pick(8, 10, 15);
        string Query(string tag) => $"{{'webId':'3185','pageId':'{page}','parseType':'bulidstatic','pageType':'column','tagId': '{tag}','tplSetId': '{template}'}}";
        shop.Site.Page(Path, shop.Markup.Page("政府信息公开年报", $"""
            <div id="nav" queryData="{Query("导航")}" url="{Service}"></div>
            <div class="list" id="{unit}" queryData="{Query(unit)}" url='{Service}'><div class="loading">加载中</div></div>
            """));
        shop.Site.Serve(Service, request =>
        {
            if (request.Fields.GetValueOrDefault("pageId") != page || request.Fields.GetValueOrDefault("tplSetId") != template)
                return Json("");
            if (request.Fields.GetValueOrDefault("tagId") != unit)
                return Json("<ul><li><a href='/'>首页</a></li></ul>");

            var (number, perPage) = Parameters(request.Fields.GetValueOrDefault("paramJson"), size);
            if (isStuck)
                number = 1;
            var rows = shop.Markup.Rows(Path, articles.Skip((number - 1) * perPage).Take(perPage));
            return Json(rows + string.Create(CultureInfo.InvariantCulture,
                $"<div class=\"pagination\" id=\"page_{shop.Dice.Hex(4)}\" pageNo=\"{number}\" pageSize=\"{perPage}\" count=\"{articles.Count}\"></div>"));
        });
        shop.Site.Start = Path;
        if (isStuck)
        {
            shop.Site.Lack = "list.repeats";
            shop.Site.Expected.ExceptWith(articles.Skip(size).Select(article => shop.Site.Absolute(article.Path)));
        }

        return shop.Site;
    }

    private static (int Number, int Size) Parameters(string? json, int size)
    {
        if (string.IsNullOrEmpty(json))
            return (1, size);
        using var parameters = JsonDocument.Parse(json);
        return (parameters.RootElement.GetProperty("pageNo").GetInt32(), parameters.RootElement.GetProperty("pageSize").GetInt32());
    }

    private static SimulatedAnswer Json(string html) => new(
        Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { success = true, code = "200", data = new { html } })), "application/json;charset=UTF-8");
}
