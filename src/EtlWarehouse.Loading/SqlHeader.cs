using System.Text.RegularExpressions;

namespace EtlWarehouse.Loading;

/// <summary>What the head of <c>sql/&lt;schema&gt;/&lt;object&gt;/{view,transform}.sql</c> says about its object.</summary>
/// <param name="File">The file, relative to the folder <c>sql</c>.</param>
/// <param name="Grain">What one row is.</param>
/// <param name="Keys">The columns of the first unique key; empty where the head names none.</param>
/// <param name="Sources">The objects that are named as sources.</param>
/// <param name="Checked">The objects that the <c>checks.sql</c> beside it reads.</param>
public sealed partial record SqlHeader(
    string File, string Grain, IReadOnlyList<string> Keys, IReadOnlyList<string> Sources, IReadOnlyList<string> Checked)
{
    private static readonly string[] FileNames = ["view.sql", "transform.sql"];

    // A line that goes on is indented as far as the text it goes on with.
    [GeneratedRegex(@"^-- (?<name>[a-z]+):\s+(?<text>.+(\n-- {4,}.+)*)$", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"\n-- +")]
    private static partial Regex Continuation();

    [GeneratedRegex(@"\b(?:stg|ops|dw|mart)\.[a-z_][a-z0-9_]*\b")]
    private static partial Regex ObjectName();

    /// <summary>Reads the head of an object's file; null where it has neither view nor transform.</summary>
    /// <param name="sqlFolder">The folder <c>sql</c>.</param>
    /// <param name="name">Schema and object, e.g. <c>mart.cell</c>.</param>
    public static SqlHeader? Find(string sqlFolder, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var folder = Path.Combine(sqlFolder, name.Replace('.', Path.DirectorySeparatorChar));
        var file = FileNames.Select(each => Path.Combine(folder, each)).FirstOrDefault(System.IO.File.Exists);
        if (file is null)
            return null;
        var checks = Path.Combine(folder, "checks.sql");
        return Read(
            Path.GetRelativePath(sqlFolder, file), System.IO.File.ReadAllText(file),
            System.IO.File.Exists(checks) ? System.IO.File.ReadAllText(checks) : string.Empty);
    }

    internal static SqlHeader Read(string file, string text, string checks)
    {
        var lines = Line().Matches(text.ReplaceLineEndings("\n"))
            .ToLookup(match => match.Groups["name"].Value, match => Continuation().Replace(match.Groups["text"].Value, " "));
        var keys = lines["keys"].FirstOrDefault(string.Empty).Split(" (unique)")[0];
        return new SqlHeader(
            file,
            lines["grain"].FirstOrDefault(string.Empty),
            [.. keys.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
            Names(lines["source"].Concat(lines["before"])),
            Names(checks.ReplaceLineEndings("\n").Split('\n').Where(each => !each.StartsWith("--", StringComparison.Ordinal))));
    }

    private static string[] Names(IEnumerable<string> texts) =>
        [.. texts.SelectMany(each => ObjectName().Matches(each)).Select(match => match.Value).Distinct()];
}
