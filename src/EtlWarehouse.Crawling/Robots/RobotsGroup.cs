using System.Globalization;

namespace EtlWarehouse.Crawling.Robots;

/// <summary>One group of a robots.txt: the crawlers it names and the rules for them.</summary>
internal sealed class RobotsGroup
{
    private readonly List<string> _agents = [];

    public List<RobotsRules.Rule> Rules { get; } = [];

    public TimeSpan? CrawlDelay { get; private set; }

    public bool Names(string productToken) => _agents.Contains(productToken, StringComparer.OrdinalIgnoreCase);

    public static List<RobotsGroup> ReadAll(IEnumerable<string> lines)
    {
        var groups = new List<RobotsGroup>();
        var isNaming = false;
        foreach (var line in lines)
        {
            var (key, value) = Split(line);
            switch (key)
            {
                case "user-agent":
                    if (!isNaming)
                        groups.Add(new RobotsGroup());
                    groups[^1]._agents.Add(Token(value));
                    isNaming = true;
                    continue;
                case "allow" or "disallow":
                    // Rules before the first group belong to nobody.
                    if (groups.Count > 0)
                        groups[^1].Rules.Add(new RobotsRules.Rule(key == "allow", RobotsRules.Normalize(value)));
                    isNaming = false;
                    break;
                case "crawl-delay":
                    // The token says how long, so a line that does not is no delay.
                    if (groups.Count > 0
                        && double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
                        && seconds <= TimeSpan.FromHours(1).TotalSeconds)
                        groups[^1].CrawlDelay = TimeSpan.FromSeconds(seconds);
                    isNaming = false;
                    break;
            }
        }

        return groups;
    }

    private static (string Key, string Value) Split(string line)
    {
        var content = line.Split('#')[0];
        var colon = content.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? ("", "") : (content[..colon].Trim().ToLowerInvariant(), content[(colon + 1)..].Trim());
    }

    /// <summary>The product token alone: some write a version behind it.</summary>
    private static string Token(string value) => value.StartsWith('*')
        ? "*"
        : string.Concat(value.TakeWhile(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'));
}
