using System.Runtime.CompilerServices;
using System.Text;
using EtlWarehouse.Loading.Migrations;
using Npgsql;
using Spectre.Console;

namespace EtlWarehouse.App.Commands.Sql;

internal enum ResultFormat
{
    Table,
    Csv,
    Json,
}

/// <summary>Runs statements one after the other and prints what they give.</summary>
internal static class QueryRun
{
    /// <exception cref="QueryException">PostgreSQL refused a statement; the message gives the place in the whole text.</exception>
    public static async Task PrintAsync(string connectionString, string statements, ResultFormat format, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 16);
        foreach (var statement in SqlStatement.Split(statements))
        {
            try
            {
                await PrintAsync(connection, statement.Text, output, format, ct);
            }
            catch (PostgresException refused) when (refused.SqlState != PostgresErrorCodes.QueryCanceled)
            {
                throw QueryException.Of(refused, statements, statement.Offset);
            }
        }
    }

    private static async Task PrintAsync(NpgsqlConnection connection, string statement, TextWriter output, ResultFormat format, CancellationToken ct)
    {
        using var command = connection.CreateCommand();
        // The user's own statement, run with no more rights than the role has.
#pragma warning disable CA2100
        command.CommandText = statement;
#pragma warning restore CA2100
        command.CommandTimeout = 0;
        // As PostgreSQL prints them: exact decimals of any length, and every type there is.
        command.AllResultTypesAreUnknown = true;
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (reader.FieldCount == 0)
            return;

        var columns = ResultColumn.Of(reader);
        var rows = RowsAsync(reader, ct);
        switch (format)
        {
            case ResultFormat.Csv:
                await CsvResult.WriteAsync(output, columns, rows, ct);
                break;
            case ResultFormat.Json:
                await JsonResult.WriteAsync(output, columns, rows, ct);
                break;
            default:
                var all = await rows.ToListAsync(ct);
                if (Console.IsOutputRedirected)
                    await TableResult.WriteAsync(output, columns, all);
                else
                    AnsiConsole.Write(TableResult.ForTerminal(columns, all));
                await output.WriteLineAsync(all.Count == 1 ? "(1 row)" : $"({all.Count} rows)");
                break;
        }
        await output.FlushAsync(ct);
    }

    private static async IAsyncEnumerable<string?[]> RowsAsync(
        NpgsqlDataReader reader, [EnumeratorCancellation] CancellationToken ct)
    {
        while (await reader.ReadAsync(ct))
        {
            var row = new string?[reader.FieldCount];
            for (var column = 0; column < row.Length; column++)
                row[column] = reader.IsDBNull(column) ? null : reader.GetString(column);
            yield return row;
        }
    }
}
