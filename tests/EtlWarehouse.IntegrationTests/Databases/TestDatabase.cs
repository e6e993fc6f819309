using System.Globalization;
using EtlWarehouse.App.Postgres;
using EtlWarehouse.Loading.Migrations;
using Npgsql;

namespace EtlWarehouse.IntegrationTests.Databases;

/// <summary>A database of one test, dropped when disposed.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private const string Template = "migrated";

    private static readonly SemaphoreSlim TemplateGate = new(1);
    private static bool hasTemplate;
    private static int count;

    private TestDatabase(string name)
    {
        Name = name;
        Owner = NpgsqlDataSource.Create(TestServer.Postgres.ConnectionString(PrivatePostgres.Owner, name));
        Analyst = NpgsqlDataSource.Create(TestServer.Postgres.ConnectionString("analyst", name));
    }

    public string Name { get; }

    /// <summary>Connects as the database's owner, a superuser.</summary>
    public NpgsqlDataSource Owner { get; }

    /// <summary>Connects as the read-only role of the analysts. Only where the database is migrated.</summary>
    public NpgsqlDataSource Analyst { get; }

    /// <summary>A fresh database in the state after all migrations. Ignores the test where PostgreSQL is not installed.</summary>
    public static async Task<TestDatabase> CreateAsync()
    {
        await TemplateGate.WaitAsync();
        try
        {
            if (!hasTemplate)
                await CreateTemplateAsync();
            hasTemplate = true;
        }
        finally
        {
            TemplateGate.Release();
        }
        return await CreateAsync($" template {Template}");
    }

    /// <summary>A fresh database without any schema of ours.</summary>
    public static Task<TestDatabase> CreateEmptyAsync() => CreateAsync(string.Empty);

    public async ValueTask DisposeAsync()
    {
        await Owner.DisposeAsync();
        await Analyst.DisposeAsync();
        await RunAsync($"drop database {Name} with (force)");
    }

    private static async Task<TestDatabase> CreateAsync(string template)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref count)}");
        await RunAsync($"create database {name}{template}");
        return new TestDatabase(name);
    }

    private static async Task CreateTemplateAsync()
    {
        await RunAsync($"create database {Template}");
        await using var owner = NpgsqlDataSource.Create(TestServer.Postgres.ConnectionString(PrivatePostgres.Owner, Template));
        await new MigrationRunner(owner, Path.Combine(TestServer.Root, "sql")).MigrateAsync();
        await ReaderLogins.EnsureAsync(TestServer.Postgres, owner, CancellationToken.None);
    }

    private static async Task RunAsync(string statement)
    {
        await using var postgres = NpgsqlDataSource.Create(TestServer.Postgres.ConnectionString(PrivatePostgres.Owner, "postgres"));
        await using var command = postgres.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }
}
