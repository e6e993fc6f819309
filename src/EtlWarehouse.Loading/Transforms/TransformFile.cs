using System.Text.RegularExpressions;
using EtlWarehouse.Loading.Migrations;
using Npgsql;

namespace EtlWarehouse.Loading.Transforms;

/// <summary>
/// One <c>{ops,dw,mart}/&lt;object&gt;/transform.sql</c>. Its header names what it reads (<c>source</c>, <c>before</c>) and what it
/// writes beside its object (<c>writes</c>), and the file is held to that.
/// </summary>
/// <param name="Name">Schema and object, e.g. <c>dw.fact_cell</c>; the file's folder says it.</param>
/// <param name="Sources">Objects it reads as this run leaves them: their transforms run before it.</param>
/// <param name="Befores">Objects it reads as the last run left them: their transforms run after it.</param>
internal sealed partial record TransformFile(
    string Name, string File, string Text, IReadOnlyList<string> Sources, IReadOnlyList<string> Befores, IReadOnlyList<CheckQuery> Checks)
{
    private static readonly string[] Schemas = ["ops", "dw", "mart"];
    private static readonly string[] HeaderLines = ["grain", "keys", "source", "rerun"];

    [GeneratedRegex(@"^-- (?<name>[a-z]+):\s+(?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex HeaderLine();

    // Comments and literals: what stands there is no reference.
    [GeneratedRegex(@"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'", RegexOptions.Singleline)]
    private static partial Regex Unread();

    [GeneratedRegex(@"\b(?:stg|ops|dw|mart)\.[a-z_][a-z0-9_]*\b(?!\s*\()")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\b(?:stg|ops|dw|mart)\.(?:cell_state|check_status)\b")]
    private static partial Regex TypeName();

    /// <summary>Reads all transforms of the folder, in the order in which they run.</summary>
    /// <exception cref="TransformException">A header lacks a line or a name, or transforms need each other in a circle.</exception>
    public static async Task<IReadOnlyList<TransformFile>> ReadAllAsync(string sqlFolder, CancellationToken ct)
    {
        var transforms = new List<TransformFile>();
        foreach (var schema in Schemas.Where(schema => Directory.Exists(Path.Combine(sqlFolder, schema))))
        {
            foreach (var folder in Directory.EnumerateDirectories(Path.Combine(sqlFolder, schema)))
            {
                if (System.IO.File.Exists(Path.Combine(folder, "transform.sql")))
                    transforms.Add(await ReadAsync(sqlFolder, $"{schema}.{Path.GetFileName(folder)}", ct));
            }
        }

        if (transforms.Count == 0)
            throw new TransformException($"{sqlFolder}: expected transforms in ops, dw and mart, found none");
        return TransformOrder.Of(transforms);
    }

    /// <param name="name">Schema and object.</param>
    public static async Task<TransformFile> ReadAsync(string sqlFolder, string name, CancellationToken ct)
    {
        var folder = Path.Combine(sqlFolder, name.Replace('.', Path.DirectorySeparatorChar));
        var text = await System.IO.File.ReadAllTextAsync(Path.Combine(folder, "transform.sql"), ct);
        var checks = Path.Combine(folder, "checks.sql");
        return Parse(
            name, text,
            System.IO.File.Exists(checks) ? CheckQuery.ParseAll($"{name.Replace('.', '/')}/checks.sql", await System.IO.File.ReadAllTextAsync(checks, ct)) : []);
    }

    internal static TransformFile Parse(string name, string text, IReadOnlyList<CheckQuery> checks)
    {
        var file = $"{name.Replace('.', '/')}/transform.sql";
        var header = HeaderLine().Matches(text).ToLookup(line => line.Groups["name"].Value, line => line.Groups["text"].Value.Trim());
        foreach (var line in HeaderLines.Where(line => !header.Contains(line)))
            throw new TransformException($"{file}: expected a header line '-- {line}: ...', found none");

        var (sources, befores, writes) = (Names(header["source"]), Names(header["before"]), Names(header["writes"]));
        var used = Reference().Matches(TypeName().Replace(Unread().Replace(text, " "), " ")).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var missing in used.Except([name, .. sources, .. befores, .. writes]).Order(StringComparer.Ordinal))
            throw new TransformException($"{file}: expected {missing} in the header's source, before or writes, found it only in the statements");
        foreach (var idle in sources.Concat(befores).Concat(writes).Except(used).Order(StringComparer.Ordinal))
            throw new TransformException($"{file}: expected a statement that uses {idle}, found it only in the header");
        return new TransformFile(name, file, text, sources, befores, checks);
    }

    /// <summary>Runs the statements in the connection's open transaction.</summary>
    /// <exception cref="TransformException">PostgreSQL refused a statement; the message names file and line.</exception>
    public async Task RunAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        foreach (var statement in SqlStatement.Split(Text))
        {
            try
            {
                await connection.ExecuteAsync(statement.Text, ct);
            }
            catch (PostgresException refused)
            {
                var (line, _) = SqlStatement.PlaceOf(Text, statement.Offset + Math.Max(0, refused.Position - 1));
                throw new TransformException($"{File} line {line}: {refused.MessageText} ({refused.SqlState})", refused);
            }
        }
    }

    private static string[] Names(IEnumerable<string> lines) =>
        [.. lines.SelectMany(line => line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct()];
}
