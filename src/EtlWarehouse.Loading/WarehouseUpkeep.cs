using Npgsql;

namespace EtlWarehouse.Loading;

/// <summary>
/// Does what autovacuum does on a server that is always up: a private server rests between commands, and without statistics
/// PostgreSQL plans as if the tables were empty.
/// </summary>
public static class WarehouseUpkeep
{
    // As autovacuum's defaults: a tenth of the rows and some.
    private const string DueTables = """
        select format('%I.%I', stat.schemaname, stat.relname)
        from pg_catalog.pg_stat_user_tables as stat
        inner join pg_catalog.pg_class as class on class.oid = stat.relid
        where stat.schemaname in ('stg', 'dw', 'mart', 'ops')
            and class.relpersistence = 'p'
            and class.relkind = 'r'
            and pg_catalog.pg_has_role(class.relowner, 'usage')
            and stat.n_mod_since_analyze > 50 + 0.1 * greatest(class.reltuples, 0)
        order by 1
        """;

    /// <summary>Vacuums and analyzes the tables that changed much. Readers and writers are not held up.</summary>
    /// <param name="owner">Connects as a role that owns the tables; others' tables are left alone.</param>
    /// <returns>The tables that were due.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(NpgsqlDataSource owner, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(owner);
        await using var connection = await owner.OpenConnectionAsync(ct);
        var due = new List<string>();
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = DueTables;
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                due.Add(reader.GetString(0));
        }

        foreach (var table in due)
            await connection.ExecuteAsync($"vacuum (analyze, skip_locked) {table}", ct);
        return due;
    }
}
