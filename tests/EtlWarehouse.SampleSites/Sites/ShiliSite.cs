using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EtlWarehouse.Parsing.Forms;
using EtlWarehouse.SampleSites.Figures;
using EtlWarehouse.SampleSites.Layouts;

namespace EtlWarehouse.SampleSites.Sites;

/// <summary>The city: a catalogue that answers in JSON, page 0 being page 1; one bureau attaches its reports as text files.</summary>
internal static class ShiliSite
{
    private const int PerPage = 10;
    private const int Category = 1712;
    private const int SiteId = 755990;
    private const string PageType = "text/html; charset=utf-8";

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static SampleSite Build(FormDefinition form)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var folder = new SiteFolder("shili", "www.shili.sample.localhost", new UTF8Encoding(false), PageType);
        var lines = new List<(ListLine Line, string Publisher, string? Attachment)>();
        var documents = new List<SampleDocument>();
        var id = 1044300;
        foreach (var report in SampleAgencies.Shili.SelectMany(agency => SampleReports.Of(agency, form)))
        {
            id += 71;
            var path = $"/gkmlpt/content/2/{id / 1000}/post_{id}.html";
            var attachment = report.Agency.Kind == "education" ? $"/attachment/0/{id / 1000}/{id}/{id + 5}.txt" : null;
            folder.AddPage(path, Page(report.Title, report.Agency.Name, report.Published, Body(report, attachment)));
            if (attachment is null)
            {
                documents.Add(new SampleDocument(report, folder.Address(path), folder.Name + path, PageType));
            }
            else
            {
                folder.AddBytes(attachment, TextFile(report));
                documents.Add(new SampleDocument(report, folder.Address(attachment), folder.Name + attachment, "text/plain"));
            }

            lines.Add((new ListLine(report.ListTitle, report.Published, path), report.Agency.Name, attachment));
        }

        foreach (var other in LookAlikes.Of("示例市"))
        {
            id += 71;
            var path = $"/gkmlpt/content/2/{id / 1000}/post_{id}.html";
            folder.AddPage(path, Page(other.Title, "示例市人民政府办公室", other.Published, $"<p>{other.Text}</p>"));
            lines.Add((new ListLine(other.Title, other.Published, path), "示例市人民政府办公室", null));
        }

        AddCatalogue(folder, [.. lines.OrderByDescending(entry => entry.Line.Published).ThenBy(entry => entry.Line.Path, StringComparer.Ordinal)]);
        folder.Finish("User-agent: *\nDisallow: /gkmlpt/search\n");
        return new SampleSite(folder, documents);
    }

    private static string Body(SampleReport report, string? attachment) => report.Agency.Kind switch
    {
        "education" => $"<p>　　现公布{report.Title}，全文见附件。</p><p>附件：<a href=\"{attachment}\">{report.Title}.txt</a></p>\n",
        "justice" => ReportHtml.Write(report, new WordMarkup(), isDisclosureSplit: false),
        _ => ReportHtml.Write(report, new EditorMarkup(), isDisclosureSplit: true),
    };

    /// <summary>Earlier years were saved in the system's own code page, later ones as UTF-8 with a mark.</summary>
    private static byte[] TextFile(SampleReport report)
    {
        var text = ReportText.CellPerLine(report);
        return report.Year < 2023
            ? Encoding.GetEncoding("gb18030").GetBytes(text)
            : [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)];
    }

    private static void AddCatalogue(SiteFolder folder, List<(ListLine Line, string Publisher, string? Attachment)> entries)
    {
        folder.AddPage("/gkmlpt/index.html",
            $$"""
            <!DOCTYPE html>
            <html>
            <head>
            <meta charset="utf-8">
            <title>示例市政府信息公开平台</title>
            </head>
            <body>
            <div id="app"></div>
            <script>
            window._CONFIG = { HOST: 'http://{{folder.Host}}/gkmlpt', SID: '{{SiteId}}', TREE: [{"id":1700,"name":"政府信息公开指南","children":[]},{"id":1701,"name":"政府信息公开制度","children":[]},{"id":1705,"name":"法定主动公开内容","children":[{"id":1706,"name":"政策文件","children":[]}]},{"id":{{Category}},"name":"政府信息公开年报","children":[]}] };
            </script>
            </body>
            </html>

            """);
        folder.AddRoute("GET /gkmlpt/index", "/gkmlpt/index.html", PageType);
        var pages = (entries.Count + PerPage - 1) / PerPage;
        for (var page = 1; page <= pages + 1; page++)
        {
            var file = $"/gkmlpt/api/{Category}-{page}.json";
            folder.AddPage(file, JsonSerializer.Serialize(
                new
                {
                    classify = new { id = Category, name = "政府信息公开年报", post_count = entries.Count },
                    articles = entries.Skip((page - 1) * PerPage).Take(PerPage).Select(entry => Article(folder, entry.Line, entry.Publisher, entry.Attachment)),
                    total = entries.Count,
                }, Json) + "\n");
            folder.AddRoute($"GET /gkmlpt/api/all/{Category}?page={page}&sid={SiteId}", file, "application/json");
            if (page == 1)
                folder.AddRoute($"GET /gkmlpt/api/all/{Category}?page=0&sid={SiteId}", file, "application/json");
        }
    }

    private static object Article(SiteFolder folder, ListLine line, string publisher, string? attachment) => new
    {
        id = int.Parse(line.Path.Split('_', '.')[1], CultureInfo.InvariantCulture),
        title = line.Title,
        document_number = "",
        publisher,
        url = folder.Address(line.Path).AbsoluteUri,
        display_publish_time = new DateTimeOffset(line.Published.ToDateTime(new TimeOnly(1, 0)), TimeSpan.Zero).ToUnixTimeSeconds(),
        created_at = $"{line.Published:yyyy-MM-dd} 09:00:00",
        attachment = attachment is null
            ? []
            : new[] { new { name = $"{line.Title}.txt", type = "txt", url = folder.Address(attachment).AbsoluteUri } },
    };

    private static string Page(string title, string publisher, DateOnly published, string body) =>
        $"""
        <!DOCTYPE html>
        <html>
        <head>
        <meta charset="utf-8">
        <title>{title}-示例市政府信息公开平台</title>
        <meta name="ArticleTitle" content="{title}" />
        <meta name="PubDate" content="{published:yyyy-MM-dd}" />
        </head>
        <body>
        <div class="classify"><table><tbody><tr><td class="first">索 引 号:</td><td>007{published:yyyyMMdd}-2</td><td class="first">分类:</td><td>政府信息公开年报</td></tr>
        <tr><td class="first">发布机构:</td><td>{publisher}</td><td class="first">成文日期:</td><td>{published:yyyy-MM-dd}</td></tr>
        <tr><td class="first">名称:</td><td colspan="3">{title}</td></tr></tbody></table></div>
        <h1 class="content-title">{title}</h1>
        <div class="date-row">发布日期：{published:yyyy-MM-dd}　浏览次数：-</div>
        <div class="article-content">
        {body}</div>
        <div class="footer">示例市人民政府办公室主办</div>
        </body>
        </html>

        """;
}
