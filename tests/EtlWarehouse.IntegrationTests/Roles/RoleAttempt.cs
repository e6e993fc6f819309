using Npgsql;

namespace EtlWarehouse.IntegrationTests.Roles;

/// <summary>Tries statements as a role, each to be taken back, with the role's privileges alone: its read-only setting does not stand in the way.</summary>
internal sealed class RoleAttempt : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;

    private RoleAttempt(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        this.connection = connection;
        this.transaction = transaction;
    }

    public static async Task<RoleAttempt> BeginAsync(NpgsqlDataSource superuser, string role)
    {
        var connection = await superuser.OpenConnectionAsync();
        var attempt = new RoleAttempt(connection, await connection.BeginTransactionAsync());
        await attempt.RunAsync($"set local role {role}");
        return attempt;
    }

    /// <returns>Null where the role may; else the state in which PostgreSQL refused.</returns>
    public async Task<string?> RefusalAsync(string statement)
    {
        await transaction.SaveAsync("before");
        try
        {
            await RunAsync(statement);
            return null;
        }
        catch (PostgresException refused)
        {
            return refused.SqlState;
        }
        finally
        {
            await transaction.RollbackAsync("before");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    private async Task RunAsync(string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }
}
