using System.Data;
using Npgsql;

namespace EtlWarehouse.Loading.Migrations;

/// <summary>What one call changed.</summary>
/// <param name="Applied">Numbered files that ran now, in order.</param>
/// <param name="Recreated">Views and functions that were created again, in order.</param>
public sealed record MigrationResult(IReadOnlyList<string> Applied, IReadOnlyList<string> Recreated);

/// <summary>
/// Brings a database to the state of the SQL files: first <c>migrations/NNNN_&lt;what&gt;.sql</c>, each once and in its own
/// transaction, then <c>{dw,mart}/&lt;object&gt;/{view,function}.sql</c>, all together in one transaction and whenever one of them
/// changed. Several starters may call it at once; one works, the others wait.
/// </summary>
/// <param name="owner">Connects as the database's owner. From the second migration on the files run as <c>etl_owner</c>.</param>
/// <param name="sqlFolder">The folder that holds <c>migrations/</c>, <c>dw/</c> and <c>mart/</c>.</param>
public sealed class MigrationRunner(NpgsqlDataSource owner, string sqlFolder)
{
    // Advisory locks are numbers that all programs of a database share; this one stands for "etl migrate".
    private const long LockKey = 0x65746c6d696772;
    private const string OwnerRole = "etl_owner";

    /// <exception cref="MigrationException">A file failed or was edited, or the database is newer than the files. What came before stays.</exception>
    public async Task<MigrationResult> MigrateAsync(CancellationToken ct = default)
    {
        var migrations = await MigrationFiles.ReadAsync(sqlFolder, ct);
        var views = await RepeatableObject.ReadAsync(sqlFolder, ct);

        await using var connection = await owner.OpenConnectionAsync(ct);
        await connection.RunAsync($"select pg_advisory_lock({LockKey})", ct);
        try
        {
            return await MigrateLockedAsync(connection, migrations, views, ct);
        }
        finally
        {
            // A broken connection has lost the lock already.
            if (connection.FullState == ConnectionState.Open)
                await connection.RunAsync($"select pg_advisory_unlock({LockKey})", CancellationToken.None);
        }
    }

    private static async Task<MigrationResult> MigrateLockedAsync(
        NpgsqlConnection connection, IReadOnlyList<NumberedMigration> migrations, IReadOnlyList<RepeatableObject> views, CancellationToken ct)
    {
        var record = await MigrationRecord.OpenAsync(connection, ct);
        var pending = record.Pending(migrations);
        if (pending.Count == 0 && record.Holds(views))
            return new MigrationResult([], []);

        // The views go in the first transaction: a table's column cannot change its type below them.
        var steps = pending.Select(each => (Func<Task>)(() => ApplyAsync(each))).Append(CreateViewsAsync);
        var isFirst = true;
        foreach (var step in steps)
        {
            await using var transaction = await connection.BeginTransactionAsync(ct);
            if (isFirst)
                await record.DropViewsAsync(ct);
            await step();
            await transaction.CommitAsync(ct);
            isFirst = false;
        }
        return new MigrationResult([.. pending.Select(each => each.Script.File)], [.. views.Select(each => each.Name)]);

        async Task ApplyAsync(NumberedMigration migration)
        {
            // The first file makes the role that the others run as.
            await RunAsync(migration.Script, asOwner: migration.Version > 1);
            await record.AddAsync(migration, ct);
        }

        async Task CreateViewsAsync()
        {
            foreach (var (view, position) in views.Select((view, position) => (view, position)))
            {
                await RunAsync(view.Script, asOwner: true);
                await record.AddAsync(view, position, ct);
            }
        }

        async Task RunAsync(SqlScript script, bool asOwner)
        {
            if (asOwner)
                await connection.RunAsync($"set local role {OwnerRole}", ct);
            await script.ExecuteAsync(connection, ct);
            await connection.RunAsync("reset role", ct);
        }
    }
}
