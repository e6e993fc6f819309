using Npgsql;

namespace EtlWarehouse.IntegrationTests.Databases;

public sealed class TestDatabaseTests
{
    [Test]
    public async Task CreateAsync_Migrated_HasTheSchemas()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var command = database.Owner.CreateCommand(
            "select string_agg(nspname || ':' || nspowner::regrole, ' ' order by nspname) from pg_namespace where nspname in ('ops', 'stg', 'dw', 'mart')");
        Assert.That(await command.ExecuteScalarAsync(), Is.EqualTo("dw:etl_owner mart:etl_owner ops:etl_owner stg:etl_owner"));
    }

    [Test]
    public async Task Analyst_Writing_IsRefused()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var command = database.Analyst.CreateCommand("set transaction read write; create table public.mine (id int)");
        Assert.That(command.ExecuteNonQueryAsync, Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.InsufficientPrivilege));
    }
}
