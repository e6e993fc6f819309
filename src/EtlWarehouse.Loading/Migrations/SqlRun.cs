using Npgsql;

namespace EtlWarehouse.Loading.Migrations;

internal static class SqlRun
{
    /// <summary>Runs one statement without a time limit: a lock or an index may take long.</summary>
    public static async Task RunAsync(this NpgsqlConnection connection, string statement, CancellationToken ct)
    {
        using var command = connection.CreateCommand();
        // The texts are constants, files of ours, and names that PostgreSQL itself quoted.
#pragma warning disable CA2100
        command.CommandText = statement;
#pragma warning restore CA2100
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(ct);
    }
}
