using System.Globalization;

namespace EtlWarehouse.Crawling.Robots;

/// <summary>One group of a robots.txt: the crawlers it names and the rules for them.</summary>
internal sealed class RobotsGroup
{
    private readonly List<string> _agents = [];

    /// <summary>Whether each allows, and its pattern as written, one character an octet.</summary>
    public List<(bool Allows, string Pattern)> Rules { get; } = [];

    public TimeSpan? CrawlDelay { get; private set; }

    public bool Names(string productToken) => _agents.Contains(productToken, StringComparer.OrdinalIgnoreCase);

    public static List<RobotsGroup> ReadAll(IEnumerable<RobotsLine> lines)
    {
        var groups = new List<RobotsGroup>();
        var isNaming = false;
        foreach (var line in lines)
        {
            switch (line.Key)
            {
                case "user-agent":
                    if (!isNaming)
                        groups.Add(new RobotsGroup());
                    groups[^1]._agents.Add(Token(line.Value));
                    isNaming = true;
                    break;
                // Rules before the first group belong to nobody. Only rules end the names of a group, no other line does.
                case "allow" or "disallow":
                    if (groups.Count > 0)
                        groups[^1].Add(line.Key == "allow", line.Value);
                    isNaming = false;
                    break;
                case "crawl-delay" when groups.Count > 0 && Delay(line.Value) is { } delay:
                    groups[^1].CrawlDelay = delay;
                    break;
            }
        }

        return groups;
    }

    private void Add(bool allows, string pattern)
    {
        if (pattern.Length == 0)
            return;
        Rules.Add((allows, pattern));
        // A folder's index page is what its address shows.
        var folder = pattern.LastIndexOf('/') + 1;
        if (allows && pattern[folder..].StartsWith("index.htm", StringComparison.Ordinal))
            Rules.Add((true, $"{pattern[..folder]}$"));
    }

    /// <summary>The token says how long, so a line that does not is no delay; nor is one of more than an hour.</summary>
    private static TimeSpan? Delay(string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= TimeSpan.FromHours(1).TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : null;

    /// <summary>The product token alone: some write a version or more words behind it.</summary>
    private static string Token(string value) => value == "*" || (value.StartsWith('*') && char.IsWhiteSpace(value[1]))
        ? "*"
        : string.Concat(value.TakeWhile(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'));
}
