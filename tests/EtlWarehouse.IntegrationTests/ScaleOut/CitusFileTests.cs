using Dapper;
using EtlWarehouse.IntegrationTests.Databases;
using Npgsql;

namespace EtlWarehouse.IntegrationTests.ScaleOut;

public sealed class CitusFileTests
{
    private static readonly string File = Path.Combine(TestServer.Root, "sql", "scale-out", "citus.sql");

    private TestDatabase? database;
    private NpgsqlConnection connection = null!;
    private NpgsqlTransaction transaction = null!;

    [OneTimeSetUp]
    public async Task Create()
    {
        database = await TestDatabase.CreateAsync();
        connection = await StandIn.OpenAsync(database);
    }

    [OneTimeTearDown]
    public async Task Drop()
    {
        if (database is null)
            return;
        await connection.DisposeAsync();
        await database.DisposeAsync();
    }

    [SetUp]
    public async Task Begin() => transaction = await connection.BeginTransactionAsync();

    [TearDown]
    public async Task Undo() => await transaction.DisposeAsync();

    [Test]
    public async Task File_OverTheMigratedSchema_PlacesEveryTableOfDwAndMart()
    {
        await StandIn.RunAsync(connection, await System.IO.File.ReadAllTextAsync(File));

        var unplaced = await connection.QueryAsync<string>("""
            select namespace.nspname || '.' || class.relname
            from pg_class as class
            inner join pg_namespace as namespace on namespace.oid = class.relnamespace
            where namespace.nspname in ('dw', 'mart') and class.relkind in ('r', 'p', 'm') and not class.relispartition
                and not exists (select from citus.placed where placed.relation = class.oid)
            """);
        Assert.That(unplaced, Is.EquivalentTo(ScaleOutRules.Placement.Read(File).Local), "place it in sql/scale-out/citus.sql, or name it there as local");
        // Facts of an agency meet on one node only where they are co-located.
        Assert.That(
            await connection.QueryAsync<string>("select relation::text from citus.placed where kind = 'distributed' and colocated_with is null"),
            Is.EqualTo(new[] { "dw.fact_cell" }));
        Assert.That(
            await connection.QueryAsync<string>("select relation::text from citus.placed where kind = 'distributed'"),
            Is.SupersetOf(new[] { "dw.fact_cell", "dw.fact_check", "dw.fact_narrative" }));
    }

    [TestCase("create table dw.wrong (value int)", "expected a column agency_key")]
    [TestCase("create table dw.wrong (agency_key bigint)", "expected a column agency_key")]
    [TestCase("create table dw.wrong (agency_key int not null)", "expected a column agency_key")]
    [TestCase("create table dw.wrong (agency_key bigint not null, year_key int primary key)", "a unique key lacks agency_key")]
    [TestCase("create table dw.wrong (year_key int, agency_key bigint not null, primary key (year_key) include (agency_key))", "a unique key lacks agency_key")]
    [TestCase("create table dw.wrong (agency_key bigint not null primary key, run_id bigint references ops.run)", "a foreign key leads to")]
    [TestCase("create table dw.wrong (agency_key bigint primary key); create table stg.child (agency_key bigint references dw.wrong)", "another table refers to it")]
    [TestCase("create table dw.wrong (agency_key bigint not null); create trigger t before insert on dw.wrong execute function suppress_redundant_updates_trigger()", "has a trigger")]
    public async Task Distribute_WhatCitusRefuses_IsRefused(string create, string expected)
    {
        await StandIn.RunAsync(connection, create);
        Assert.That(
            () => StandIn.RunAsync(connection, "select create_distributed_table('dw.wrong', 'agency_key')"),
            Throws.TypeOf<PostgresException>().With.Message.Contains(expected));
    }
}
