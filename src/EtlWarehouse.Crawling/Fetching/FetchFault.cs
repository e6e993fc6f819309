namespace EtlWarehouse.Crawling.Fetching;

/// <summary>How far a fault reaches.</summary>
public enum FaultReach
{
    /// <summary>This request alone.</summary>
    Request,

    /// <summary>Everything on its host, for now: the window is closed, or the host keeps failing.</summary>
    Host,

    /// <summary>Everything on its host until the night ends: it does not want to be asked.</summary>
    Night,
}

/// <summary>Why a fetch gave nothing.</summary>
/// <param name="Code">A stable name; docs/operations.md lists them all.</param>
/// <param name="Message">Where, what was expected, what was found.</param>
/// <param name="IsTransient">Whether the same request may succeed a little later.</param>
/// <param name="RetryAfter">How long the server asks to wait.</param>
public sealed record FetchFault(string Code, string Message, bool IsTransient = false, TimeSpan? RetryAfter = null)
{
    public FaultReach Reach { get; init; }

    /// <summary>Which host, where the fault reaches further than its request.</summary>
    public string? Host { get; init; }
}
