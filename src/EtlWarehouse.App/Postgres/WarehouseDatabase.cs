using EtlWarehouse.Loading.Migrations;
using Npgsql;

namespace EtlWarehouse.App.Postgres;

/// <summary>The warehouse's database: the one that <c>ETL_DATABASE</c> names, else the private PostgreSQL's.</summary>
public sealed class WarehouseDatabase : IAsyncDisposable
{
    /// <summary>The database's name in the private PostgreSQL.</summary>
    internal const string Name = "warehouse";

    private readonly WarehouseSettings settings;
    private readonly PrivatePostgres? server;

    private WarehouseDatabase(WarehouseSettings settings, PrivatePostgres? server, NpgsqlDataSource owner, string ownerText, string analystText)
    {
        this.settings = settings;
        this.server = server;
        Owner = owner;
        OwnerConnectionString = ownerText;
        AnalystConnectionString = analystText;
    }

    /// <summary>Connects as the database's owner.</summary>
    public NpgsqlDataSource Owner { get; }

    /// <summary>The same with its password, which <see cref="Owner"/> does not give away.</summary>
    internal string OwnerConnectionString { get; }

    /// <summary>Connects as <c>analyst</c>, read-only. The private server's role can log in after <see cref="MigrateAsync"/>.</summary>
    public string AnalystConnectionString { get; }

    /// <summary>Whether the program itself runs the server.</summary>
    public bool IsPrivate => server is not null;

    /// <summary>Opens the database; starts the private PostgreSQL where that is the one. Does not migrate.</summary>
    /// <exception cref="PostgresSetupException">The server cannot be started or reached; the message says what to do.</exception>
    public static async Task<WarehouseDatabase> OpenAsync(WarehouseSettings settings, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.ConnectionString is { } foreign)
            return await OpenForeignAsync(settings, foreign, ct);

        var server = await PrivatePostgres.OpenAsync(settings, TimeProvider.System, ct);
        try
        {
            var ownerText = server.ConnectionString(PrivatePostgres.Owner, Name);
            var owner = NpgsqlDataSource.Create(ownerText);
            await EnsureDatabaseAsync(server, owner, ct);
            return new WarehouseDatabase(settings, server, owner, ownerText, server.ConnectionString("analyst", Name));
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Brings the database to the state of the SQL files.</summary>
    /// <exception cref="MigrationException">See <see cref="MigrationRunner.MigrateAsync"/>.</exception>
    public async Task<MigrationResult> MigrateAsync(CancellationToken ct)
    {
        var result = await new MigrationRunner(Owner, settings.SqlFolder).MigrateAsync(ct);
        if (server is not null)
            await ReaderLogins.EnsureAsync(server, Owner, ct);
        return result;
    }

    public async ValueTask DisposeAsync()
    {
        await Owner.DisposeAsync();
        if (server is not null)
            await server.DisposeAsync();
    }

    private static async Task<WarehouseDatabase> OpenForeignAsync(WarehouseSettings settings, string connectionString, CancellationToken ct)
    {
        NpgsqlConnectionStringBuilder parts;
        try
        {
            parts = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException unreadable)
        {
            // Npgsql's message names the key, never the value.
            throw new PostgresSetupException($"ETL_DATABASE: expected an Npgsql connection string such as Host=db;Database=warehouse;Username=etl: {unreadable.Message}", unreadable);
        }

        var owner = NpgsqlDataSource.Create(parts);
        try
        {
            await using (await owner.OpenConnectionAsync(ct))
            {
            }
        }
        catch (NpgsqlException refused)
        {
            await owner.DisposeAsync();
            throw new PostgresSetupException($"ETL_DATABASE: {parts.Host}:{parts.Port}/{parts.Database}: {refused.Message}", refused);
        }

        var options = $"{parts.Options} -c role=analyst -c default_transaction_read_only=on".TrimStart();
        return new WarehouseDatabase(settings, null, owner, connectionString, new NpgsqlConnectionStringBuilder(connectionString) { Options = options }.ConnectionString);
    }

    private static async Task EnsureDatabaseAsync(PrivatePostgres server, NpgsqlDataSource owner, CancellationToken ct)
    {
        try
        {
            await using var connection = await owner.OpenConnectionAsync(ct);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await using var postgres = NpgsqlDataSource.Create(server.ConnectionString(PrivatePostgres.Owner, "postgres"));
            await using var create = postgres.CreateCommand($"create database {Name}");
            try
            {
                await create.ExecuteNonQueryAsync(ct);
            }
            catch (PostgresException taken) when (taken.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
            {
                // Another command made it at the same moment.
                await using var connection = await owner.OpenConnectionAsync(ct);
            }
        }
    }
}
