using Npgsql;

namespace EtlWarehouse.App.Postgres;

/// <summary>Lets the reading roles log in to the private PostgreSQL.</summary>
internal static class ReaderLogins
{
    public static async Task GrantAsync(PrivatePostgres server, NpgsqlDataSource owner, CancellationToken ct)
    {
        foreach (var role in PrivatePostgres.Readers)
        {
            // The password is of letters and digits only, so it needs no quoting; ALTER ROLE takes no parameters.
            await using var command = owner.CreateCommand(
                $"alter role {role} login password '{server.Password(role)}'; alter role {role} set default_transaction_read_only = on");
            await command.ExecuteNonQueryAsync(ct);
        }
    }
}
