using Dapper;
using EtlWarehouse.App.Postgres;
using EtlWarehouse.IntegrationTests.Databases;
using Npgsql;

namespace EtlWarehouse.IntegrationTests.Postgres;

public sealed class WarehouseDatabaseTests
{
    [Test]
    public async Task OpenAsync_PrivateServer_MigratesAndLetsTheAnalystLogIn()
    {
        using var home = new TemporaryHome();
        await using (var database = await WarehouseDatabase.OpenAsync(home.Settings, default))
        {
            var applied = (await database.MigrateAsync(default)).Applied;
            Assert.That(applied[0], Is.EqualTo("migrations/0001_schemas_and_roles.sql"));
            Assert.That(await WhoAsync(database.AnalystConnectionString), Is.EqualTo("analyst analyst on"));
        }

        await using var again = await WarehouseDatabase.OpenAsync(home.Settings, default);
        Assert.That((await again.MigrateAsync(default)).Applied, Is.Empty);
        Assert.That(await WhoAsync(again.AnalystConnectionString), Is.EqualTo("analyst analyst on"));
    }

    [Test]
    public async Task MigrateAsync_ReadersCannotLogIn_LetsThem()
    {
        using var home = TemporaryHome.Prepared();
        await using var database = await WarehouseDatabase.OpenAsync(home.Settings, default);
        await database.MigrateAsync(default);
        // As a command leaves it that is killed between the migration and the logins.
        await using (var command = database.Owner.CreateCommand("alter role analyst nologin password null"))
            await command.ExecuteNonQueryAsync();

        await database.MigrateAsync(default);
        Assert.That(await WhoAsync(database.AnalystConnectionString), Is.EqualTo("analyst analyst on"));
    }

    [Test]
    public async Task OpenAsync_ForeignServer_ActsAsAnalystReadOnly()
    {
        await using var server = await TestDatabase.CreateAsync();
        using var home = new TemporaryHome();
        var settings = home.Settings with { ConnectionString = TestServer.Postgres.ConnectionString(PrivatePostgres.Owner, server.Name) };
        await using var database = await WarehouseDatabase.OpenAsync(settings, default);

        Assert.That(database.IsPrivate, Is.False);
        Assert.That(await WhoAsync(database.AnalystConnectionString), Is.EqualTo("etl analyst on"));
        Assert.That(Path.Combine(home.Path, "postgres/data"), Does.Not.Exist);
    }

    [TestCase("Host=127.0.0.1;Port=1;Database=w;Username=u;Password=secret", "ETL_DATABASE: 127.0.0.1:1/w: ")]
    [TestCase("Host=127.0.0.1;Passwort=secret", "ETL_DATABASE: expected an Npgsql connection string")]
    [TestCase("postgres://u:secret@db/w", "ETL_DATABASE: expected an Npgsql connection string")]
    public void OpenAsync_UnusableConnectionString_SaysSoWithoutThePassword(string connectionString, string expected)
    {
        using var home = new TemporaryHome();
        Assert.That(() => WarehouseDatabase.OpenAsync(home.Settings with { ConnectionString = connectionString }, default),
            Throws.TypeOf<PostgresSetupException>().With.Message.StartsWith(expected).And.Message.Not.Contains("secret"));
    }

    private static async Task<string?> WhoAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<string>("select concat_ws(' ', session_user, current_user, current_setting('transaction_read_only'))");
    }
}
