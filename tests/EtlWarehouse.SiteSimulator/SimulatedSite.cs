using System.Text;

namespace EtlWarehouse.SiteSimulator;

/// <param name="Path">Decoded, without query.</param>
/// <param name="Fields">Of the query and of a posted form.</param>
public sealed record SimulatedRequest(string Method, string Path, IReadOnlyDictionary<string, string> Fields)
{
    public int Number(string field, int otherwise) =>
        Fields.TryGetValue(field, out var text) && int.TryParse(text, out var number) ? number : otherwise;
}

/// <param name="ContentType">As the header has it; null sends none.</param>
public sealed record SimulatedAnswer(byte[] Body, string? ContentType, int Status = 200, string? Location = null, int? RetryAfter = null)
{
    public static SimulatedAnswer NotFound { get; } = new("<html><head><title>404 Not Found</title></head><body>nginx</body></html>"u8.ToArray(), "text/html", 404);
}

/// <summary>One government site: what it answers, and what a crawl of it must find.</summary>
/// <param name="build">Which content system it runs, e.g. <c>trs</c>.</param>
/// <param name="origin">Scheme and authority.</param>
/// <param name="charset">Of its pages; its headers and meta tags may say something else, or nothing.</param>
public sealed class SimulatedSite(string build, Uri origin, SiteCharset charset)
{
    private readonly Dictionary<string, Func<SimulatedRequest, SimulatedAnswer>> _answers = new(StringComparer.Ordinal);

    static SimulatedSite() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public string Build { get; } = build;

    public Uri Origin { get; } = origin;

    /// <summary>Where a crawl begins.</summary>
    public string Start { get; set; } = "/";

    /// <summary>Absolute addresses of all documents that a crawl can reach and must keep.</summary>
    public HashSet<string> Expected { get; } = [];

    /// <summary>The reason by which a crawl must say that it is not complete; null where completeness can be proven.</summary>
    public string? Lack { get; set; }

    /// <summary>Every list the site publishes can change while it is read; called before each answer.</summary>
    public Action<SimulatedRequest>? BeforeAnswer { get; set; }

    public string Absolute(string path) => new Uri(Origin, path).AbsoluteUri;

    public void Serve(string path, Func<SimulatedRequest, SimulatedAnswer> answer) => _answers[path] = answer;

    public void Page(string path, string html) => Serve(path, _ => Html(html));

    public void File(string path, byte[] body, string mediaType) => Serve(path, _ => new SimulatedAnswer(body, mediaType));

    public SimulatedAnswer Html(string html) => new(charset.Encode(html), charset.Header);

    public SimulatedAnswer Answer(SimulatedRequest request)
    {
        BeforeAnswer?.Invoke(request);
        return _answers.TryGetValue(request.Path, out var answer) ? answer(request) : SimulatedAnswer.NotFound;
    }
}

/// <summary>What a site's pages are written in, and what it says they are.</summary>
/// <param name="Name">Of the encoding that the bytes are in.</param>
/// <param name="Header">The content type header of pages.</param>
/// <param name="Meta">What the meta tag names; null for no such tag.</param>
public sealed record SiteCharset(string Name, string Header, string? Meta)
{
    /// <summary>As sites do: right, silent, only in the meta tag, or wrong in the header.</summary>
    public static SiteCharset Of(Dice dice) => dice.Pick(
        new SiteCharset("utf-8", "text/html; charset=utf-8", "utf-8"),
        new SiteCharset("utf-8", "text/html", "UTF-8"),
        new SiteCharset("gb18030", "text/html", "gb2312"),
        new SiteCharset("gb18030", "text/html;charset=GBK", null),
        new SiteCharset("gb18030", "text/html; charset=UTF-8", "gb2312"));

    public byte[] Encode(string html) => Encoding.GetEncoding(Name).GetBytes(html);
}
