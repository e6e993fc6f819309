using System.Net.Http.Headers;

namespace EtlWarehouse.Crawling.Fetching;

/// <summary>Headers as lines of a record, without what could open a door.</summary>
internal static class HeaderLines
{
    /// <summary>Stands for a value that is a secret of somebody.</summary>
    public const string NotKept = "(not kept)";

    private static readonly HashSet<string> Secrets = new(StringComparer.OrdinalIgnoreCase)
    {
        "authorization", "proxy-authorization", "authentication-info", "cookie", "cookie2", "set-cookie", "set-cookie2",
    };

    /// <summary>As received: a header that came twice stands twice.</summary>
    public static IReadOnlyList<string> OfAnswer(params HttpHeaders[] parts) =>
        [.. parts.SelectMany(headers => headers.NonValidated).SelectMany(header => header.Value.Select(value => Line(header.Key, value)))];

    /// <summary>As sent: the parts of a header in one line.</summary>
    public static IReadOnlyList<string> OfRequest(params HttpHeaders?[] parts) =>
        [.. parts.OfType<HttpHeaders>().SelectMany(headers => headers.NonValidated).Select(header => Line(header.Key, header.Value.ToString()))];

    private static string Line(string name, string value) => $"{name}: {(Secrets.Contains(name) ? NotKept : OneLine(value))}";

    // A header that is folded over lines is one value; NUL is taken by no database.
    private static string OneLine(string value) => value.ReplaceLineEndings(" ").Replace("\0", "", StringComparison.Ordinal);
}
