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

    /// <summary>Runs all statements of the file in the connection's open transaction.</summary>
    /// <exception cref="MigrationException">PostgreSQL refused a statement; the message gives the line.</exception>
    public async Task ExecuteAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Text;
        command.CommandTimeout = 0;
        try
        {
            await command.ExecuteNonQueryAsync(ct);
        }
        catch (PostgresException refused)
        {
            throw new MigrationException(File + LineOf(refused), Describe(refused), refused);
        }
    }

    /// <summary>The position counts from the failing statement's start, not the file's.</summary>
    private string LineOf(PostgresException refused)
    {
        var statement = refused.BatchCommand?.CommandText;
        var start = statement is null ? -1 : Text.IndexOf(statement, StringComparison.Ordinal);
        if (start < 0)
            return string.Empty;

        var end = Math.Min(Text.Length, start + Math.Max(0, refused.Position - 1));
        return $" line {1 + Text.AsSpan(0, end).Count('\n')}";
    }

    private static string Describe(PostgresException refused) =>
        $"{refused.MessageText} ({refused.SqlState})" + (refused.Hint is { } hint ? $"; {hint}" : string.Empty);
}
