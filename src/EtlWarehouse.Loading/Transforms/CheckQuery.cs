using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace EtlWarehouse.Loading.Transforms;

/// <summary>A query of a <c>checks.sql</c> that returns the bad rows.</summary>
/// <param name="IsFatal">Severity <c>fail</c>: bad rows take the whole transform back; severity <c>warn</c> only reports them.</param>
internal sealed partial record CheckQuery(string File, string Name, bool IsFatal, string Sql)
{
    private const int ShownRows = 3;

    [GeneratedRegex(@"^-- check: (?<name>.+)\n-- severity: (?<severity>fail|warn)\n(?<sql>(?:(?!^-- check:).*\n?)+)", RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex("^-- check:", RegexOptions.Multiline)]
    private static partial Regex BlockStart();

    /// <exception cref="TransformException">A block lacks its name, severity or query.</exception>
    public static IReadOnlyList<CheckQuery> ParseAll(string file, string text)
    {
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        var checks = Block().Matches(text)
            .Select(block => new CheckQuery(
                file, block.Groups["name"].Value.Trim(), block.Groups["severity"].Value == "fail", block.Groups["sql"].Value.Trim()))
            .ToList();
        var starts = BlockStart().Count(text);
        if (starts == 0 || checks.Count != starts || checks.Any(check => check.Sql.Length == 0))
            throw new TransformException($"{file}: expected '-- check: <name>', '-- severity: fail|warn' and a query for each check, found {checks.Count} of {starts} so");
        return checks;
    }

    /// <returns>Null when no row is bad; else the check's name, how many rows are bad, and the first of them.</returns>
    /// <exception cref="TransformException">PostgreSQL refused the query.</exception>
    public async Task<string?> FindBadRowsAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        // The text is a file of the sql folder.
#pragma warning disable CA2100
        command.CommandText = Sql;
#pragma warning restore CA2100
        command.CommandTimeout = 0;

        var count = 0L;
        var shown = new List<string>();
        try
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                if (count++ < ShownRows)
                    shown.Add($"({string.Join(", ", Enumerable.Range(0, reader.FieldCount).Select(column => Show(reader, column)))})");
            }
        }
        catch (PostgresException refused)
        {
            throw new TransformException($"{File}: check '{Name}': {refused.MessageText} ({refused.SqlState})", refused);
        }

        return count == 0 ? null : $"{File}: check '{Name}': expected no bad row, found {count}: {string.Join("; ", shown)}{(count > ShownRows ? "; ..." : "")}";
    }

    private static string Show(DbDataReader reader, int column) =>
        $"{reader.GetName(column)}={(reader.IsDBNull(column) ? "null" : Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture))}";
}
