namespace EtlWarehouse.Crawling.Fetching;

/// <summary>What to ask of a server.</summary>
/// <param name="Url">Absolute, http or https, without fragment.</param>
/// <param name="Form">A URL-encoded form to post; null for GET.</param>
/// <param name="IsRobots">Whether it is robots.txt, which may be empty or refused without saying anything of other pages.</param>
public sealed record FetchRequest(Uri Url, string? Form = null, bool IsRobots = false)
{
    /// <summary>The same text for the same request on every run: the address, with the form behind it if there is one.</summary>
    public string Key => Form is null ? Url.AbsoluteUri : $"{Url.AbsoluteUri} POST {Form}";
}

/// <summary>What makes a request conditional: answers a server gave before.</summary>
/// <param name="ETag">As sent, with its quotes.</param>
public sealed record Validators(string? ETag, DateTimeOffset? LastModified)
{
    public static Validators None { get; } = new(null, null);
}

/// <summary>How an attempt ended.</summary>
public enum FetchStatus
{
    Fetched,

    /// <summary>The server says that nothing changed since the validators.</summary>
    NotModified,

    Failed,
}

/// <summary>The end of a fetch, after all redirects and retries.</summary>
/// <param name="Attempts">Requests that were sent, redirects not counted; 0 where the host was not asked at all.</param>
/// <param name="Response">Null unless fetched.</param>
/// <param name="Fault">Null unless failed.</param>
public sealed record FetchResult(
    FetchStatus Status, int Attempts, int? HttpStatus, FetchedResponse? Response, FetchFault? Fault)
{
    /// <summary>Every request that was sent, in order.</summary>
    public IReadOnlyList<FetchHop> Hops { get; init; } = [];

    public static FetchResult Of(FetchFault fault, int? httpStatus = null) => new(FetchStatus.Failed, 1, httpStatus, null, fault);
}

/// <param name="FinalUrl">Where the redirects ended.</param>
/// <param name="Body">Decompressed.</param>
/// <param name="MediaType">As declared, without parameters, in lower case.</param>
/// <param name="Charset">As declared.</param>
/// <param name="Headers">Those that a capture keeps, names in lower case.</param>
public sealed record FetchedResponse(
    Uri FinalUrl,
    byte[] Body,
    string? MediaType,
    string? Charset,
    Validators Validators,
    IReadOnlyDictionary<string, string> Headers);
