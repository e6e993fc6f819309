using Dapper;
using EtlWarehouse.IntegrationTests.Databases;
using Npgsql;

namespace EtlWarehouse.IntegrationTests.Roles;

/// <summary>
/// The roles of the contract: <c>etl_owner</c> owns, <c>etl_writer</c> fills, <c>analyst</c> reads <c>dw</c> and <c>mart</c>, <c>dashboard</c>
/// reads <c>mart</c>. Every table, view, function and sequence is tried.
/// </summary>
public sealed class RoleTests
{
    private const string Refused = PostgresErrorCodes.InsufficientPrivilege;

    // What the runner keeps about itself belongs to the database's owner, who was there before the roles.
    private static readonly string[] RunnersOwn = ["ops.schema_migration", "ops.schema_object"];

    private static readonly string[] Actions = ["select", "insert", "update", "delete", "truncate"];

    private TestDatabase? database;

    private sealed record Relation(string Schema, string Name, bool IsView, string? Column);

    [OneTimeSetUp]
    public async Task Create() => database = await TestDatabase.CreateAsync();

    [OneTimeTearDown]
    public async Task Drop()
    {
        if (database is not null)
            await database.DisposeAsync();
    }

    [TestCase("etl_owner")]
    [TestCase("etl_writer")]
    [TestCase("analyst")]
    [TestCase("dashboard")]
    public async Task EveryRelation_EveryAction_IsAllowedAsTheContractSays(string role)
    {
        await using var attempt = await RoleAttempt.BeginAsync(database!.Owner, role);
        var wrong = new List<string>();
        foreach (var relation in await RelationsAsync())
        {
            foreach (var action in Actions)
            {
                var refusal = await attempt.RefusalAsync(Statement(action, relation));
                // A view of several tables cannot be written to by anybody, and a table that others refer to not truncated alone.
                var isImpossible = refusal is PostgresErrorCodes.ObjectNotInPrerequisiteState or PostgresErrorCodes.FeatureNotSupported or PostgresErrorCodes.WrongObjectType;
                if (refusal is not (null or Refused) && !isImpossible)
                    wrong.Add($"{action} {relation.Name}: {refusal}");
                else if (IsAllowed(role, action, relation) ? refusal == Refused : refusal is null)
                    wrong.Add($"{action} {relation.Name}: {(refusal is null ? "allowed" : "refused")}");
            }
        }
        Assert.That(wrong, Is.Empty);
    }

    [TestCase("etl_writer", "ops.run_run_id_seq", true)]
    [TestCase("analyst", "ops.run_run_id_seq", false)]
    [TestCase("dashboard", "ops.run_run_id_seq", false)]
    public async Task Sequence_Advanced_IsForWhoeverFills(string role, string sequence, bool isAllowed)
    {
        await using var attempt = await RoleAttempt.BeginAsync(database!.Owner, role);
        Assert.That(await attempt.RefusalAsync($"select nextval('{sequence}')"), Is.EqualTo(isAllowed ? null : Refused));
        Assert.That(await attempt.RefusalAsync($"select setval('{sequence}', 1)"), Is.EqualTo(Refused));
    }

    [TestCase("analyst", new[] { "dw", "mart" })]
    [TestCase("dashboard", new[] { "mart" })]
    public async Task EveryFunction_Called_IsAllowedWhereTheRoleReads(string role, string[] schemas)
    {
        await using var connection = await database!.Owner.OpenConnectionAsync();
        var functions = (await connection.QueryAsync<(string Schema, string Call, bool IsDefiner)>("""
            select namespace.nspname, format('%I.%I(%s)', namespace.nspname, function.proname, (
                    select string_agg('null::' || format_type(type, null), ', ' order by place)
                    from unnest(function.proargtypes::oid[]) with ordinality as argument (type, place)
                )), function.prosecdef
            from pg_proc as function
            inner join pg_namespace as namespace on namespace.oid = function.pronamespace
            where namespace.nspname in ('ops', 'stg', 'dw', 'mart')
            """)).AsList();
        Assert.That(functions, Has.Count.GreaterThan(5));
        Assert.That(functions.Where(function => function.IsDefiner), Is.Empty, "a function with its owner's rights would lend them");

        await using var attempt = await RoleAttempt.BeginAsync(database.Owner, role);
        foreach (var (schema, call, _) in functions)
            Assert.That(await attempt.RefusalAsync($"select * from {call}"), Is.EqualTo(schemas.Contains(schema) ? null : Refused), call);
    }

    [Test]
    public async Task Creating_ByWhoeverDoesNotOwn_IsRefused(
        [Values("etl_writer", "analyst", "dashboard")] string role,
        [Values(
            "create table ops.mine (id int)", "create table stg.mine (id int)", "create table dw.mine (id int)", "create table mart.mine (id int)",
            "create table public.mine (id int)", "create view mart.mine as select 1 as one", "create function mart.mine() returns int language sql return 1",
            "create type dw.mine as enum ('one')", "create sequence mart.mine", "create schema mine", "create role mine", "create extension hstore",
            "alter table dw.fact_cell add column mine int", "drop view mart.cell", "comment on view mart.cell is 'mine'",
            "create index on dw.fact_cell (value)", "create trigger mine before insert on dw.fact_cell execute function suppress_redundant_updates_trigger()",
            "alter default privileges in schema mart grant insert on tables to analyst; create table mart.mine (id int)",
            "alter role analyst superuser", "set role etl_owner", "copy dw.dim_year to program 'true'", "copy dw.dim_year from '/etc/hostname'",
            "select pg_read_file('/etc/hostname')", "select lo_import('/etc/hostname')")] string statement)
    {
        await using var attempt = await RoleAttempt.BeginAsync(database!.Owner, role);
        // A superuser who took on a role may take on any other; that is tried by a login.
        if (statement.StartsWith("set role", StringComparison.Ordinal))
            Assert.That(await IsMemberAsync(role), Is.False);
        else
            Assert.That(await attempt.RefusalAsync(statement), Is.EqualTo(Refused).Or.EqualTo("42939"), statement);
    }

    [Test]
    public async Task Roles_Attributes_GiveNothingBeside()
    {
        await using var connection = await database!.Owner.OpenConnectionAsync();
        Assert.That(
            await connection.QueryAsync<string>("""
                select rolname from pg_roles
                where rolname in ('etl_owner', 'etl_writer', 'analyst', 'dashboard')
                    and (rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls
                        or exists (select 1 from pg_auth_members where member = pg_roles.oid))
                """),
            Is.Empty);
        Assert.That(
            await connection.QueryAsync<string>("""
                select namespace.nspname || '.' || class.relname
                from pg_class as class
                inner join pg_namespace as namespace on namespace.oid = class.relnamespace
                where namespace.nspname in ('ops', 'stg', 'dw', 'mart') and class.relkind in ('r', 'p', 'v', 'm')
                    and class.relowner <> 'etl_owner'::regrole
                order by 1
                """),
            Is.EqualTo(RunnersOwn));
    }

    [TestCase("set role etl_owner")]
    [TestCase("set role etl_writer")]
    [TestCase("set transaction read write; delete from mart.agency_measure")]
    [TestCase("set transaction read write; insert into dw.dim_year select * from dw.dim_year where false")]
    public async Task Analyst_LoggedIn_CannotWriteEvenWithoutTheReadOnlySetting(string statement)
    {
        await using var command = database!.Analyst.CreateCommand(statement);
        Assert.That(command.ExecuteNonQueryAsync, Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(Refused));
    }

    private static bool IsAllowed(string role, string action, Relation relation) => role switch
    {
        _ when RunnersOwn.Contains(relation.Name) => false,
        "etl_owner" => true,
        "etl_writer" => !relation.IsView || action == "select",
        "analyst" => action == "select" && relation.Schema is "dw" or "mart",
        _ => action == "select" && relation.Schema == "mart",
    };

    private static string Statement(string action, Relation relation) => action switch
    {
        "select" => $"select 1 from {relation.Name} limit 0",
        "insert" => $"insert into {relation.Name} ({relation.Column}) select {relation.Column} from {relation.Name} where false",
        "update" => $"update {relation.Name} set {relation.Column} = null where false",
        "delete" => $"delete from {relation.Name} where false",
        _ => $"truncate {relation.Name}",
    };

    private async Task<List<Relation>> RelationsAsync()
    {
        await using var connection = await database!.Owner.OpenConnectionAsync();
        // Partitions too. A column that may be set: no identity, nothing generated.
        var relations = (await connection.QueryAsync<Relation>("""
            select namespace.nspname as Schema, namespace.nspname || '.' || class.relname as Name, class.relkind in ('v', 'm') as IsView,
                (
                    select attribute.attname::text
                    from pg_attribute as attribute
                    where attribute.attrelid = class.oid and attribute.attnum > 0 and not attribute.attisdropped
                        and attribute.attidentity = '' and attribute.attgenerated = ''
                    order by attribute.attnum
                    limit 1
                ) as Column
            from pg_class as class
            inner join pg_namespace as namespace on namespace.oid = class.relnamespace
            where namespace.nspname in ('ops', 'stg', 'dw', 'mart') and class.relkind in ('r', 'p', 'v', 'm')
            order by 2
            """)).AsList();
        Assert.That(relations, Has.Count.GreaterThan(80));
        return relations;
    }

    private async Task<bool> IsMemberAsync(string role)
    {
        await using var connection = await database!.Owner.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<bool>("select pg_has_role(@role, 'etl_owner', 'member')", new { role });
    }
}
