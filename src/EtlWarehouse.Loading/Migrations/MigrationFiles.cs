using System.Globalization;
using System.Text.RegularExpressions;

namespace EtlWarehouse.Loading.Migrations;

/// <summary>A numbered migration.</summary>
/// <param name="Version">The number its file name begins with.</param>
internal sealed record NumberedMigration(int Version, SqlScript Script);

/// <summary>Reads <c>migrations/NNNN_&lt;what&gt;.sql</c> in order.</summary>
internal static partial class MigrationFiles
{
    [GeneratedRegex("^([0-9]{4})_[a-z0-9_]+$")]
    private static partial Regex NameForm();

    /// <exception cref="MigrationException">A file's name has another form, or two share a number.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no <c>migrations</c> folder.</exception>
    public static async Task<IReadOnlyList<NumberedMigration>> ReadAsync(string sqlFolder, CancellationToken ct)
    {
        var migrations = new List<NumberedMigration>();
        foreach (var path in Directory.EnumerateFiles(Path.Combine(sqlFolder, "migrations"), "*.sql").Order(StringComparer.Ordinal))
        {
            var script = await SqlScript.ReadAsync(sqlFolder, path, ct);
            var match = NameForm().Match(Path.GetFileNameWithoutExtension(path));
            if (!match.Success)
                throw new MigrationException(script.File, "expected a name such as 0001_schemas_and_roles.sql");

            var version = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            if (migrations.Count > 0 && migrations[^1].Version == version)
                throw new MigrationException(script.File, $"expected a number of its own, found that of {migrations[^1].Script.File}");

            migrations.Add(new NumberedMigration(version, script));
        }
        return migrations;
    }
}
