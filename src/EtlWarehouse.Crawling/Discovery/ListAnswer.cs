using EtlWarehouse.Parsing.Documents;
using HtmlAgilityPack;

namespace EtlWarehouse.Crawling.Discovery;

/// <summary>The answer to one request for a list, decoded.</summary>
public sealed class ListAnswer
{
    private readonly Lazy<HtmlDocument> _html;

    /// <param name="url">Where the answer came from, after redirects; relative links start there.</param>
    /// <param name="mediaType">As declared, in lower case.</param>
    public ListAnswer(Uri url, ReadOnlySpan<byte> body, string? mediaType = null, string? charset = null)
    {
        Url = url;
        MediaType = mediaType;
        Text = TextDecoding.Guess(body, charset);
        _html = new Lazy<HtmlDocument>(() => PageText.Parse(Text));
    }

    public Uri Url { get; }

    public string? MediaType { get; }

    public string Text { get; }

    public HtmlNode Html => _html.Value.DocumentNode;
}
