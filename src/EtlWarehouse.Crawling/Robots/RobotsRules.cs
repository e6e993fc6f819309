using System.Globalization;
using System.Text;

namespace EtlWarehouse.Crawling.Robots;

/// <summary>What one robots.txt (RFC 9309) allows one crawler.</summary>
public sealed class RobotsRules
{
    /// <summary>Bytes of the file that are read; RFC 9309, section 2.5, asks for at least 500 KiB.</summary>
    public const int MostBytes = 512 * 1024;

    private readonly List<Rule> _rules;

    private RobotsRules(List<Rule> rules, TimeSpan? crawlDelay) => (_rules, CrawlDelay) = (rules, crawlDelay);

    /// <summary>For a site without the file.</summary>
    public static RobotsRules AllowAll { get; } = new([], null);

    /// <summary>Least time between two requests, where the file asks for one. Not part of the standard, but meant.</summary>
    public TimeSpan? CrawlDelay { get; }

    /// <param name="productToken">Letters, digits, hyphen and underscore; compared without case.</param>
    public static RobotsRules Parse(ReadOnlySpan<byte> file, string productToken)
    {
        var text = Encoding.UTF8.GetString(file[..Math.Min(file.Length, MostBytes)]).TrimStart('\uFEFF');
        var groups = RobotsGroup.ReadAll(text.ReplaceLineEndings("\n").Split('\n'));
        // All groups that name the crawler count together; only without any the ones for everybody do.
        var own = groups.Where(group => group.Names(productToken)).ToList();
        if (own.Count == 0)
            own = [.. groups.Where(group => group.Names("*"))];
        return new RobotsRules(
            [.. own.SelectMany(group => group.Rules).Where(rule => rule.Pattern.Length > 0)],
            own.Select(group => group.CrawlDelay).Max());
    }

    /// <summary>The longest pattern that fits decides; of equal ones the one that allows.</summary>
    public bool IsAllowed(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        var path = Normalize(url.PathAndQuery);
        if (path == "/robots.txt")
            return true;

        return _rules
            .Where(rule => rule.Fits(path))
            .OrderByDescending(rule => rule.Pattern.Length)
            .ThenByDescending(rule => rule.Allows)
            .FirstOrDefault()?.Allows ?? true;
    }

    /// <summary>Percent-encodes what is not ASCII and spells encoded octets one way, so that both sides compare.</summary>
    internal static string Normalize(string path)
    {
        var normal = new StringBuilder(path.Length);
        for (var index = 0; index < path.Length; index++)
        {
            var character = path[index];
            if (character == '%' && index + 2 < path.Length
                && byte.TryParse(path.AsSpan(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
            {
                // Unreserved characters mean the same encoded or not.
                if (char.IsAsciiLetterOrDigit((char)octet) || (char)octet is '-' or '.' or '_' or '~')
                    normal.Append((char)octet);
                else
                    normal.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
                index += 2;
            }
            else if (char.IsAscii(character))
            {
                normal.Append(character);
            }
            else
            {
                var isPair = char.IsHighSurrogate(character) && index + 1 < path.Length;
                foreach (var part in Encoding.UTF8.GetBytes(path.Substring(index, isPair ? 2 : 1)))
                    normal.Append(CultureInfo.InvariantCulture, $"%{part:X2}");
                index += isPair ? 1 : 0;
            }
        }

        return normal.ToString();
    }

    internal sealed record Rule(bool Allows, string Pattern)
    {
        /// <summary>Whether the pattern fits the beginning of a path; <c>*</c> stands for anything, a last <c>$</c> for the end.</summary>
        public bool Fits(string path)
        {
            var isAnchored = Pattern.EndsWith('$');
            var parts = (isAnchored ? Pattern[..^1] : Pattern).Split('*');
            if (!path.StartsWith(parts[0], StringComparison.Ordinal))
                return false;

            var position = parts[0].Length;
            for (var index = 1; index < parts.Length; index++)
            {
                var isLast = index == parts.Length - 1;
                if (isLast && isAnchored)
                    return path.Length - parts[index].Length >= position && path.EndsWith(parts[index], StringComparison.Ordinal);
                var found = path.IndexOf(parts[index], position, StringComparison.Ordinal);
                if (found < 0)
                    return false;
                position = found + parts[index].Length;
            }

            return !isAnchored || position == path.Length;
        }
    }
}
