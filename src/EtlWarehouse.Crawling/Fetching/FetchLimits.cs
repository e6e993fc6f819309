namespace EtlWarehouse.Crawling.Fetching;

/// <summary>The bounds of one fetch.</summary>
public sealed record FetchLimits
{
    public static FetchLimits Default { get; } = new();

    /// <summary>Longest body, both as sent and decompressed.</summary>
    /// <value>50 MB.</value>
    public long BodyBytes { get; init; } = 50L * 1024 * 1024;

    /// <summary>Most encodings of one body, one inside the other.</summary>
    /// <value>2: some servers compress what is compressed already.</value>
    public int Encodings { get; init; } = 2;

    /// <summary>Longest time of one attempt, body included.</summary>
    /// <value>5 minutes.</value>
    public TimeSpan Attempt { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Longest time until the answer begins, and between two pieces of its body.</summary>
    /// <value>60 seconds.</value>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Least speed of a body, over all of it, once it has taken <see cref="SpeedGrace"/>.</summary>
    /// <value>1,024 bytes a second.</value>
    public int BytesPerSecond { get; init; } = 1024;

    /// <summary>How long a body may be slower than <see cref="BytesPerSecond"/>.</summary>
    /// <value>20 seconds.</value>
    public TimeSpan SpeedGrace { get; init; } = TimeSpan.FromSeconds(20);

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

    /// <summary>Attempts at one host within half an hour of which all failed, so that it is left alone for as long.</summary>
    /// <value>12: three requests with all their retries.</value>
    public int FailingAttempts { get; init; } = 12;
}
