namespace EtlWarehouse.Crawling.Robots;

/// <summary>What one robots.txt (RFC 9309) allows one crawler.</summary>
public sealed class RobotsRules
{
    /// <summary>Bytes of the file that are read; RFC 9309, section 2.5, asks for at least 500 KiB.</summary>
    public const int MostBytes = 512 * 1024;

    private readonly List<RobotsRule> _escaped;
    private readonly List<RobotsRule> _normal;

    private RobotsRules(IReadOnlyCollection<(bool Allows, string Pattern)> rules, TimeSpan? crawlDelay)
    {
        _escaped = [.. rules.Select(rule => new RobotsRule(rule.Allows, RobotsPath.Escape(rule.Pattern)))];
        _normal = [.. rules.Select(rule => new RobotsRule(rule.Allows, RobotsPath.Normalize(rule.Pattern)))];
        CrawlDelay = crawlDelay;
    }

    /// <summary>For a site without the file.</summary>
    public static RobotsRules AllowAll { get; } = new([], null);

    /// <summary>Least time between two requests, where the file asks for one. Not part of the standard, but meant.</summary>
    public TimeSpan? CrawlDelay { get; }

    /// <param name="productToken">Letters, digits, hyphen and underscore; compared without case.</param>
    public static RobotsRules Parse(ReadOnlySpan<byte> file, string productToken)
    {
        var groups = RobotsGroup.ReadAll(RobotsLines.Read([.. file[..Math.Min(file.Length, MostBytes)]]));
        // All groups that name the crawler count together; only without any the ones for everybody do.
        var own = groups.Where(group => group.Names(productToken)).ToList();
        if (own.Count == 0)
            own = [.. groups.Where(group => group.Names("*"))];
        return new RobotsRules([.. own.SelectMany(group => group.Rules)], own.Select(group => group.CrawlDelay).Max());
    }

    public bool IsAllowed(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return IsAllowed(url.AbsoluteUri);
    }

    /// <summary>
    /// Whether an address may be fetched, by the standard and also by crawlers that compare what is encoded as it is
    /// written: where the two differ, a site's owner may have meant either, and the stricter is kept to.
    /// </summary>
    internal bool IsAllowed(string address)
    {
        var path = RobotsPath.Of(address);
        return path == "/robots.txt"
            || (RobotsRule.Decide(_escaped, path) && RobotsRule.Decide(_normal, RobotsPath.Normalize(RobotsPath.Octets(path))));
    }
}
