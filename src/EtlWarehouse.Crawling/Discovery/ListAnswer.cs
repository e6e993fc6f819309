using EtlWarehouse.Crawling.Fetching;
using EtlWarehouse.Parsing.Documents;
using HtmlAgilityPack;

namespace EtlWarehouse.Crawling.Discovery;

/// <summary>The answer to one request for a list, decoded.</summary>
public sealed class ListAnswer
{
    private readonly Lazy<HtmlDocument> _html;

    /// <param name="url">Where the answer came from, after redirects; relative links start there.</param>
    /// <param name="mediaType">As declared, in lower case.</param>
    /// <param name="request">What was asked, where a further page is asked for in the same way.</param>
    /// <param name="shownOn">The page whose script asks for the answer and shows it; null for a page of its own.</param>
    public ListAnswer(Uri url, ReadOnlySpan<byte> body, string? mediaType = null, string? charset = null, FetchRequest? request = null, Uri? shownOn = null)
    {
        Url = url;
        MediaType = mediaType;
        Request = request ?? new FetchRequest(url);
        LinkBase = shownOn ?? url;
        Text = TextDecoding.Guess(body, charset);
        _html = new Lazy<HtmlDocument>(() => PageText.Parse(Text));
    }

    public Uri Url { get; }

    public string? MediaType { get; }

    public FetchRequest Request { get; }

    /// <summary>Where relative links in an answer of data start; those of a page start at the page.</summary>
    public Uri LinkBase { get; }

    public string Text { get; }

    public HtmlNode Html => _html.Value.DocumentNode;

    /// <summary>Whether it declares to be JSON or looks like it.</summary>
    internal bool IsJson => MediaType is "application/json" || Text.AsSpan().TrimStart().StartsWith("{\"");
}
