using EtlWarehouse.IntegrationTests.Databases;
using Npgsql;

namespace EtlWarehouse.IntegrationTests.ScaleOut;

/// <summary>
/// Functions by the names of Citus's, which distribute nothing but refuse what Citus refuses of a table: the column must be there and
/// never null, and stand in every unique key; foreign keys may lead to reference tables only; no triggers; nothing local may refer to it.
/// </summary>
internal static class StandIn
{
    private const string Functions = """
        create schema citus;
        create table citus.placed (relation regclass primary key, kind text not null, colocated_with text);
        create function citus.create_reference_table(relation regclass) returns void language plpgsql as $$
        begin
            if exists (
                select from pg_constraint as link
                where link.conrelid = relation and link.contype = 'f'
                    and not exists (select from citus.placed where placed.relation = link.confrelid and placed.kind = 'reference')
            ) then
                raise 'reference table % refers to a table that is none', relation;
            end if;
            insert into citus.placed values (relation, 'reference', null);
        end
        $$;
        create function citus.create_distributed_table(relation regclass, key text, colocate_with text default null, shard_count int default null)
        returns void language plpgsql as $$
        begin
            if not exists (select from pg_attribute where attrelid = relation and attname = key and attnotnull and atttypid = 'bigint'::regtype) then
                raise 'distributed table %: expected a column % bigint not null', relation, key;
            end if;
            if exists (
                select from pg_index as each
                where each.indrelid = relation and each.indisunique
                    and not exists (
                        select from pg_attribute
                        where attrelid = relation and attname = key and attnum = any((each.indkey::smallint[])[0:each.indnkeyatts - 1])
                    )
            ) then
                raise 'distributed table %: a unique key lacks %', relation, key;
            end if;
            if exists (select from pg_constraint where conrelid = relation and contype = 'f' and confrelid not in (select placed.relation from citus.placed where kind = 'reference')) then
                raise 'distributed table %: a foreign key leads to a table that is no reference table', relation;
            end if;
            if exists (select from pg_constraint where confrelid = relation and contype = 'f') then
                raise 'distributed table %: another table refers to it', relation;
            end if;
            if exists (select from pg_trigger where tgrelid = relation and not tgisinternal) then
                raise 'distributed table %: has a trigger', relation;
            end if;
            if colocate_with is not null and not exists (select from citus.placed where placed.relation = colocate_with::regclass and kind = 'distributed') then
                raise 'distributed table %: % is not distributed', relation, colocate_with;
            end if;
            insert into citus.placed values (relation, 'distributed', colocate_with);
        end
        $$;
        """;

    public static async Task<NpgsqlConnection> OpenAsync(TestDatabase database)
    {
        var connection = await database.Owner.OpenConnectionAsync();
        await RunAsync(connection, Functions);
        await RunAsync(connection, "set search_path = public, citus");
        return connection;
    }

    public static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
