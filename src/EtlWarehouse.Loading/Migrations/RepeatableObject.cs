using System.Text.RegularExpressions;

namespace EtlWarehouse.Loading.Migrations;

/// <summary>A view, materialized view or function that is created again whenever its file changes.</summary>
/// <param name="Name">Schema and object, e.g. <c>mart.cell</c>; the file's folder says it.</param>
internal sealed partial record RepeatableObject(string Name, SqlScript Script)
{
    private static readonly string[] Schemas = ["dw", "mart"];
    private static readonly string[] FileNames = ["view.sql", "function.sql"];

    // Comments, literals: what stands there is no reference.
    [GeneratedRegex(@"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'", RegexOptions.Singleline)]
    private static partial Regex Unread();

    [GeneratedRegex(@"\b(?:dw|mart)\.[a-z_][a-z0-9_]*\b")]
    private static partial Regex Reference();

    /// <summary>Reads <c>{dw,mart}/&lt;object&gt;/{view,function}.sql</c> in an order in which each stands after those it names.</summary>
    /// <exception cref="MigrationException">Objects refer to each other in a circle.</exception>
    public static async Task<IReadOnlyList<RepeatableObject>> ReadAsync(string sqlFolder, CancellationToken ct)
    {
        var objects = new List<RepeatableObject>();
        foreach (var schema in Schemas.Where(schema => Directory.Exists(Path.Combine(sqlFolder, schema))))
        {
            foreach (var folder in Directory.EnumerateDirectories(Path.Combine(sqlFolder, schema)))
            {
                foreach (var path in FileNames.Select(file => Path.Combine(folder, file)).Where(File.Exists))
                {
                    var script = await SqlScript.ReadAsync(sqlFolder, path, ct);
                    objects.Add(new RepeatableObject($"{schema}.{Path.GetFileName(folder)}", script));
                }
            }
        }
        return InOrder(objects);
    }

    /// <summary>Depth first, alphabetical where the references leave a choice, so that the order is the same everywhere.</summary>
    internal static IReadOnlyList<RepeatableObject> InOrder(IEnumerable<RepeatableObject> objects)
    {
        var byName = objects.ToDictionary(each => each.Name, StringComparer.Ordinal);
        var ordered = new List<RepeatableObject>();
        var path = new List<string>();

        foreach (var name in byName.Keys.Order(StringComparer.Ordinal))
            Visit(byName[name]);
        return ordered;

        void Visit(RepeatableObject each)
        {
            if (ordered.Contains(each))
                return;

            var circle = path.IndexOf(each.Name);
            if (circle >= 0)
                throw new MigrationException(each.Script.File, $"expected no circle, found {string.Join(" -> ", path[circle..])} -> {each.Name}");

            path.Add(each.Name);
            foreach (var name in each.References().Where(byName.ContainsKey))
                Visit(byName[name]);
            path.RemoveAt(path.Count - 1);
            ordered.Add(each);
        }
    }

    private IEnumerable<string> References() =>
        Reference().Matches(Unread().Replace(Script.Text, " "))
            .Select(match => match.Value)
            .Where(name => name != Name)
            .Distinct()
            .Order(StringComparer.Ordinal);
}
