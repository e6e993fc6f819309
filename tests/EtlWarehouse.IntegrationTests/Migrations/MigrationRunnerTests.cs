using Dapper;
using EtlWarehouse.IntegrationTests.Databases;
using EtlWarehouse.Loading.Migrations;
using Npgsql;

namespace EtlWarehouse.IntegrationTests.Migrations;

public sealed class MigrationRunnerTests
{
    private TestDatabase database = null!;
    private SqlFolder sql = null!;

    [SetUp]
    public async Task Create()
    {
        database = await TestDatabase.CreateEmptyAsync();
        sql = new SqlFolder();
    }

    [TearDown]
    public async Task Drop()
    {
        sql?.Dispose();
        if (database is not null)
            await database.DisposeAsync();
    }

    [Test]
    public async Task MigrateAsync_TwoStarters_OneWorksTheOtherWaits()
    {
        sql.Write("migrations/0002_slow.sql", "select pg_sleep(0.3); create table dw.once (id int); insert into dw.once values (1);");
        sql.Write("mart/once/view.sql", "create view mart.once as select id from dw.once;");

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(MigrateAsync)));

        Assert.That(results.Select(result => result.Applied.Count).Order(), Is.EqualTo(new[] { 0, 0, 0, 2 }));
        Assert.That(await ScalarAsync<long>("select count(*) from mart.once"), Is.EqualTo(1));
    }

    [Test]
    public async Task MigrateAsync_Again_ChangesNothing()
    {
        sql.Write("mart/one/view.sql", "create view mart.one as select 1 as one;");
        await MigrateAsync();
        var again = await MigrateAsync();
        Assert.That((again.Applied.Count, again.Recreated.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task MigrateAsync_LaterFiles_BelongToTheOwnerRole()
    {
        sql.Write("migrations/0002_table.sql", "create table dw.mine (id int);");
        await MigrateAsync();
        Assert.That(await ScalarAsync<string>("select relowner::regrole::text from pg_class where oid = 'dw.mine'::regclass"), Is.EqualTo("etl_owner"));
    }

    [Test]
    public async Task MigrateAsync_EditedFile_IsRefused()
    {
        sql.Write("migrations/0002_table.sql", "create table dw.mine (id int);");
        await MigrateAsync();
        sql.Write("migrations/0002_table.sql", "create table dw.mine (id bigint);");
        await AssertRefusedAsync("migrations/0002_table.sql: edited after it ran");
    }

    [Test]
    public async Task MigrateAsync_OtherLineEnds_AreNoEdit()
    {
        sql.Write("migrations/0002_table.sql", "create table dw.mine (\nid int);\n");
        await MigrateAsync();
        sql.Write("migrations/0002_table.sql", "create table dw.mine (\r\nid int);\r\n");
        Assert.That((await MigrateAsync()).Applied, Is.Empty);
    }

    [Test]
    public async Task MigrateAsync_DatabaseNewerThanTheProgram_IsRefused()
    {
        sql.Write("migrations/0007_future.sql", "create table dw.future (id int);");
        await MigrateAsync();
        sql.Delete("migrations/0007_future.sql");
        await AssertRefusedAsync("migrations/0007_future.sql: the database has this migration, the program does not");
    }

    [Test]
    public async Task MigrateAsync_NumberBelowOneThatRan_IsRefused()
    {
        sql.Write("migrations/0007_table.sql", "create table dw.mine (id int);");
        await MigrateAsync();
        sql.Write("migrations/0005_late.sql", "create table dw.late (id int);");
        await AssertRefusedAsync("migrations/0005_late.sql: expected a number above 0007");
    }

    [Test]
    public async Task MigrateAsync_FailingStatement_NamesTheLineAndUndoesItsFile()
    {
        sql.Write("migrations/0002_table.sql", "create table dw.kept (id int);");
        sql.Write("migrations/0003_broken.sql", "create table dw.gone (id int);\n\n-- the next line is wrong\nselect nothing_such\nfrom dw.gone;\n");
        await AssertRefusedAsync("migrations/0003_broken.sql line 4: column \"nothing_such\" does not exist (42703)");
        Assert.That(await ScalarAsync<string>("select concat(to_regclass('dw.kept'), ' ', to_regclass('dw.gone'))"), Is.EqualTo("dw.kept "));

        sql.Write("migrations/0003_broken.sql", "create table dw.gone (id int);");
        Assert.That((await MigrateAsync()).Applied, Is.EqualTo(new[] { "migrations/0003_broken.sql" }));
    }

    [Test]
    public async Task MigrateAsync_ChangedView_IsCreatedAgainWithThoseThatUseIt()
    {
        sql.Write("dw/base/view.sql", "create view dw.base as select 1 as one;");
        sql.Write("dw/latest/function.sql", "create function dw.latest() returns int language sql as $$ select max(one) from dw.base $$;");
        sql.Write("mart/top/view.sql", "create materialized view mart.top as select one from dw.base;");
        await MigrateAsync();

        // Another type: create or replace could not do this.
        sql.Write("dw/base/view.sql", "create view dw.base as select 'two' as one;");
        sql.Write("dw/latest/function.sql", "create function dw.latest() returns text language sql as $$ select max(one) from dw.base $$;");
        var result = await MigrateAsync();

        Assert.That(result.Recreated, Is.EqualTo(new[] { "dw.base", "dw.latest", "mart.top" }));
        Assert.That(await ScalarAsync<string>("select dw.latest() || one from mart.top"), Is.EqualTo("twotwo"));
    }

    [Test]
    public async Task MigrateAsync_NewMigration_MayChangeAColumnBelowAView()
    {
        sql.Write("migrations/0002_table.sql", "create table dw.mine (id int);");
        sql.Write("mart/mine/view.sql", "create view mart.mine as select id from dw.mine;");
        await MigrateAsync();
        sql.Write("migrations/0003_wider.sql", "alter table dw.mine alter column id type bigint;");
        await MigrateAsync();
        Assert.That(await ScalarAsync<string>("select pg_typeof(id)::text from (select null) as one left join mart.mine on true"), Is.EqualTo("bigint"));
    }

    [Test]
    public async Task MigrateAsync_ViewWithoutFile_IsDropped()
    {
        sql.Write("mart/old/view.sql", "create view mart.old as select 1 as one;");
        await MigrateAsync();
        sql.Delete("mart/old/view.sql");
        await MigrateAsync();
        Assert.That(await ScalarAsync<bool>("select to_regclass('mart.old') is null"), Is.True);
    }

    [Test]
    public async Task MigrateAsync_StrangersViewOnOurs_StopsBeforeAnythingIsLost()
    {
        sql.Write("mart/ours/view.sql", "create view mart.ours as select 1 as one;");
        await MigrateAsync();
        await using (var connection = await database.Owner.OpenConnectionAsync())
            await connection.ExecuteAsync("create view public.theirs as select * from mart.ours");

        sql.Write("mart/ours/view.sql", "create view mart.ours as select 2 as one;");
        await AssertRefusedAsync("mart.ours: cannot drop view mart.ours because other objects depend on it: view theirs depends on view mart.ours");
        Assert.That(await ScalarAsync<int>("select one from public.theirs"), Is.EqualTo(1));
    }

    [Test]
    public async Task MigrateAsync_OwnerWhoIsNoSuperuser_IsEnough()
    {
        await using (var connection = await database.Owner.OpenConnectionAsync())
            await connection.ExecuteAsync($"""
                drop role if exists plain;
                create role plain login createrole password 'plain';
                alter database {database.Name} owner to plain;
                """);
        await using var plain = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(TestServer.Postgres.ConnectionString("etl", database.Name))
        {
            Username = "plain",
            Password = "plain",
        });
        sql.Write("migrations/0002_table.sql", "create table dw.mine (id int);");
        sql.Write("mart/mine/view.sql", "create view mart.mine as select id from dw.mine;");
        Assert.That((await new MigrationRunner(plain, sql.Path).MigrateAsync()).Applied, Has.Count.EqualTo(2));
        Assert.That((await new MigrationRunner(plain, sql.Path).MigrateAsync()).Applied, Is.Empty);
    }

    private Task<MigrationResult> MigrateAsync() => new MigrationRunner(database.Owner, sql.Path).MigrateAsync();

    private Task AssertRefusedAsync(string message) =>
        Assert.ThatAsync(MigrateAsync, Throws.TypeOf<MigrationException>().With.Message.StartsWith(message));

    private async Task<T?> ScalarAsync<T>(string query)
    {
        await using var connection = await database.Owner.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<T>(query);
    }
}
