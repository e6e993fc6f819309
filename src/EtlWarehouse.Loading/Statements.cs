using Npgsql;

namespace EtlWarehouse.Loading;

internal static class Statements
{
    /// <summary>Runs statements of ours without a time limit: a lock or a full load may take long.</summary>
    /// <returns>Rows written.</returns>
    public static async Task<int> ExecuteAsync(this NpgsqlConnection connection, string sql, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        await using var command = connection.CreateCommand();
        // The texts are constants of the program and files of the sql folder.
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        command.CommandTimeout = 0;
        command.Parameters.AddRange(parameters);
        return await command.ExecuteNonQueryAsync(ct);
    }
}
