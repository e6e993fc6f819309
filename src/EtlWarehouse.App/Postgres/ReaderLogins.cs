using Npgsql;

namespace EtlWarehouse.App.Postgres;

/// <summary>Lets the reading roles log in to the private PostgreSQL.</summary>
internal static class ReaderLogins
{
    /// <summary>Does nothing where they can already: the first command may have been killed after its migration.</summary>
    public static async Task EnsureAsync(PrivatePostgres server, NpgsqlDataSource owner, CancellationToken ct)
    {
        await using (var ask = owner.CreateCommand("select count(*) from pg_catalog.pg_roles where rolname = any ($1) and rolcanlogin"))
        {
            ask.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. PrivatePostgres.Readers] });
            if ((long)(await ask.ExecuteScalarAsync(ct))! == PrivatePostgres.Readers.Count)
                return;
        }

        foreach (var role in PrivatePostgres.Readers)
        {
            // The password is of letters and digits only, so it needs no quoting; ALTER ROLE takes no parameters.
            await using var command = owner.CreateCommand(
                $"alter role {role} login password '{server.Password(role)}'; alter role {role} set default_transaction_read_only = on");
            await command.ExecuteNonQueryAsync(ct);
        }
    }
}
