namespace EtlWarehouse.Crawling.Fetching;

/// <summary>The bounds of one fetch.</summary>
public sealed record FetchLimits
{
    public static FetchLimits Default { get; } = new();

    /// <summary>Longest body, both as sent and decompressed.</summary>
    /// <value>50 MB.</value>
    public long BodyBytes { get; init; } = 50L * 1024 * 1024;

    /// <summary>Longest time of one attempt, body included.</summary>
    /// <value>60 seconds.</value>
    public TimeSpan Attempt { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest time for a connection to be made.</summary>
    /// <value>15 seconds.</value>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Most redirects followed.</summary>
    /// <value>5.</value>
    public int Redirects { get; init; } = 5;

    /// <summary>Attempts after the first one; only transient faults are tried again.</summary>
    /// <value>3.</value>
    public int Retries { get; init; } = 3;

    /// <summary>Wait before the first retry; doubles each time, with jitter.</summary>
    /// <value>2 seconds.</value>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest Retry-After that is waited for; a longer one ends the fetch.</summary>
    /// <value>2 minutes.</value>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Most bytes of response headers.</summary>
    /// <value>64 KiB.</value>
    public int HeaderKibibytes { get; init; } = 64;
}
