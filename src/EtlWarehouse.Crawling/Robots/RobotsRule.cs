namespace EtlWarehouse.Crawling.Robots;

/// <summary>One line that allows or forbids.</summary>
/// <param name="Pattern">Of the beginning of a path; <c>*</c> stands for anything, a last <c>$</c> for the end.</param>
internal sealed record RobotsRule(bool Allows, string Pattern)
{
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

    /// <summary>The longest pattern that fits decides; of equal ones the one that allows.</summary>
    public static bool Decide(IEnumerable<RobotsRule> rules, string path) => rules
        .Where(rule => rule.Fits(path))
        .OrderByDescending(rule => rule.Pattern.Length)
        .ThenByDescending(rule => rule.Allows)
        .FirstOrDefault()?.Allows ?? true;
}
