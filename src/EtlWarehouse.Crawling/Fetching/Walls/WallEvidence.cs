using System.Net;
using System.Text.RegularExpressions;
using EtlWarehouse.Parsing.Documents;

namespace EtlWarehouse.Crawling.Fetching.Walls;

/// <summary>What an answer shows of itself to one who asks whether it is a page or a wall before it.</summary>
internal sealed partial class WallEvidence
{
    /// <summary>Longer bodies are no walls: what stands before a page is short, and pages of reports are not.</summary>
    public const int MostBytes = 32 * 1024;

    // A notice that a file is attached is longer, and so is any list.
    private const int FewWords = 120;

    private readonly Lazy<string> _markup;
    private readonly Lazy<bool> _hasDocuments;
    private readonly Lazy<string> _words;

    /// <param name="body">Decompressed; empty where none could be read.</param>
    /// <param name="redirect">Where the answer leads; null where it leads nowhere.</param>
    public WallEvidence(Uri url, HttpResponseMessage response, byte[] body, Uri? redirect = null)
    {
        (Url, Response, Redirect) = (url, response, redirect);
        var type = response.Content.Headers.ContentType;
        var isText = body.Length is > 0 and <= MostBytes
            && (type?.MediaType is null || type.MediaType.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || type.MediaType.Contains("html", StringComparison.OrdinalIgnoreCase));
        _markup = new Lazy<string>(() => isText ? TextDecoding.Guess(body, type?.CharSet) : "");
        _hasDocuments = new Lazy<bool>(() => Document().IsMatch(Markup));
        _words = new Lazy<string>(() => Blanks().Replace(WebUtility.HtmlDecode(Tags().Replace(Unseen().Replace(_markup.Value, " "), " ")), ""));
    }

    public Uri Url { get; }

    public Uri? Redirect { get; }

    public HttpResponseMessage Response { get; }

    public int Status => (int)Response.StatusCode;

    /// <summary>The body as text; empty for what is no text, or too long to be a wall.</summary>
    public string Markup => _markup.Value;

    /// <summary>What a reader sees of it, without blanks.</summary>
    public string Words => _words.Value;

    /// <summary>Whether a script comes instead of a page: hardly a word to read, and nothing that leads to a document.</summary>
    public bool IsShell => Markup.Contains("<script", StringComparison.OrdinalIgnoreCase) && !_hasDocuments.Value && Words.Length < FewWords;

    /// <summary>Whether it is a page with a message and nothing else.</summary>
    public bool IsNotice => Markup.Length > 0 && !_hasDocuments.Value && Words.Length < 5 * FewWords;

    /// <summary>All values of a header in one line; empty where there is none.</summary>
    public string Header(string name) =>
        Response.Headers.NonValidated.TryGetValues(name, out var values) ? string.Join(", ", (IEnumerable<string>)values) : "";

    public bool SetsCookie(string name) => Header("Set-Cookie").Contains(name, StringComparison.OrdinalIgnoreCase);

    public bool Shows(Regex sign) => sign.IsMatch(Markup);

    [GeneratedRegex(@"<(script|style|noscript|head)\b.*?(</\1\s*>|$)|<!--.*?(-->|$)", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Unseen();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"[\s\u00A0\u3000]+")]
    private static partial Regex Blanks();

    // Links to reports or files, tables, records of a list's data.
    [GeneratedRegex(@"<(table|record|datastore)\b|\.(pdf|docx?|wps|ofd|xlsx?|et|zip|rar)\b|年度?报告|年报", RegexOptions.IgnoreCase)]
    private static partial Regex Document();
}
