using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace EtlWarehouse.Loading.Migrations;

/// <summary>One SQL file as the runner sees it.</summary>
/// <param name="File">Path below the sql folder, with forward slashes.</param>
/// <param name="Text">The file's text with line ends as LF, so that a checkout's line ends never change the checksum.</param>
internal sealed record SqlScript(string File, string Text)
{
    /// <summary>SHA-256 of <see cref="Text"/> in UTF-8, 64 lower-case hex digits.</summary>
    public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    public static async Task<SqlScript> ReadAsync(string sqlFolder, string path, CancellationToken ct)
    {
        var text = await System.IO.File.ReadAllTextAsync(path, ct);
        return new SqlScript(
            Path.GetRelativePath(sqlFolder, path).Replace('\\', '/'),
            text.Replace("\r\n", "\n", StringComparison.Ordinal));
    }

    /// <summary>Runs the statements one by one in the connection's open transaction.</summary>
    /// <exception cref="MigrationException">PostgreSQL refused a statement; the message gives the line.</exception>
    public async Task ExecuteAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        foreach (var statement in SqlStatement.Split(Text))
        {
            try
            {
                await connection.RunAsync(statement.Text, ct);
            }
            catch (PostgresException refused)
            {
                var (line, _) = SqlStatement.PlaceOf(Text, statement.Offset + Math.Max(0, refused.Position - 1));
                throw new MigrationException($"{File} line {line}", Describe(refused), refused);
            }
        }
    }

    private static string Describe(PostgresException refused) =>
        $"{refused.MessageText} ({refused.SqlState})" + (refused.Hint is { } hint ? $"; {hint}" : string.Empty);
}
