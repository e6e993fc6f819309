using Dapper;
using Npgsql;

namespace EtlWarehouse.Loading.Migrations;

/// <summary>What the database says has been applied: <c>ops.schema_migration</c> and <c>ops.schema_object</c>.</summary>
internal sealed class MigrationRecord
{
    private const string CreateTables = """
        create schema if not exists ops;
        create table if not exists ops.schema_migration (
            version integer primary key,
            file text not null,
            checksum text not null,
            applied_at timestamptz not null default now()
        );
        create table if not exists ops.schema_object (
            name text primary key,
            position integer not null unique,
            checksum text not null,
            created_at timestamptz not null default now()
        );
        comment on table ops.schema_migration is '已执行的迁移脚本 · numbered migrations that ran, once each';
        comment on table ops.schema_object is '视图与函数的定义版本 · views and functions as they were last created, in order of creation';
        comment on column ops.schema_migration.version is '编号 · number of the file';
        comment on column ops.schema_migration.file is '文件名 · name of the file';
        comment on column ops.schema_migration.checksum is '文件内容的 SHA-256（统一换行） · SHA-256 of the file, line ends normalised';
        comment on column ops.schema_migration.applied_at is '执行时间 · when it ran';
        comment on column ops.schema_object.name is '对象名 · schema and object';
        comment on column ops.schema_object.position is '创建顺序 · order of creation';
        comment on column ops.schema_object.checksum is '文件内容的 SHA-256（统一换行） · SHA-256 of the file, line ends normalised';
        comment on column ops.schema_object.created_at is '创建时间 · when it was created';
        """;

    private sealed record Applied(int Version, string File, string Checksum);

    private sealed record Created(string Name, string Checksum);

    private readonly NpgsqlConnection connection;
    private readonly List<Applied> applied;
    private readonly List<Created> created;

    private MigrationRecord(NpgsqlConnection connection, List<Applied> applied, List<Created> created)
    {
        this.connection = connection;
        this.applied = applied;
        this.created = created;
    }

    public static async Task<MigrationRecord> OpenAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        // Asked first, because whoever may not create tables may still ask whether all is in place.
        var exists = await connection.ExecuteScalarAsync<bool>(
            new CommandDefinition("select to_regclass('ops.schema_object') is not null", cancellationToken: ct));
        if (!exists)
            await connection.RunAsync(CreateTables, ct);

        var applied = await connection.QueryAsync<Applied>(new CommandDefinition(
            "select version, file, checksum from ops.schema_migration order by version", cancellationToken: ct));
        var created = await connection.QueryAsync<Created>(new CommandDefinition(
            "select name, checksum from ops.schema_object order by position", cancellationToken: ct));
        return new MigrationRecord(connection, applied.AsList(), created.AsList());
    }

    /// <summary>Those that have not run yet, in order.</summary>
    /// <exception cref="MigrationException">A file that ran is gone or edited, or a new one stands before one that ran.</exception>
    public IReadOnlyList<NumberedMigration> Pending(IReadOnlyList<NumberedMigration> migrations)
    {
        var files = migrations.ToDictionary(each => each.Version);
        foreach (var done in applied)
        {
            if (!files.TryGetValue(done.Version, out var file))
                throw new MigrationException(done.File, "the database has this migration, the program does not: it is older than the database; update it");
            if (file.Script.Checksum != done.Checksum)
            {
                throw new MigrationException(file.Script.File,
                    $"edited after it ran: expected checksum {done.Checksum[..12]}, found {file.Script.Checksum[..12]}; restore the file and write a new migration instead");
            }
        }

        var newest = applied.Count == 0 ? 0 : applied[^1].Version;
        var pending = migrations.Where(each => applied.TrueForAll(done => done.Version != each.Version)).ToList();
        return pending.Find(each => each.Version < newest) is { } late
            ? throw new MigrationException(late.Script.File, $"expected a number above {newest:0000}, which has run already")
            : pending;
    }

    /// <summary>Whether the database has exactly these views, in this order.</summary>
    public bool Holds(IReadOnlyList<RepeatableObject> views) =>
        created.SequenceEqual(views.Select(view => new Created(view.Name, view.Script.Checksum)));

    /// <summary>Drops what was created from files, last first and without cascade: what others built on it stops the migration.</summary>
    public async Task DropViewsAsync(CancellationToken ct)
    {
        foreach (var each in Enumerable.Reverse(created))
        {
            var drops = await connection.QueryAsync<string>(new CommandDefinition(Drop, new { each.Name }, cancellationToken: ct));
            foreach (var drop in drops)
            {
                try
                {
                    await connection.RunAsync(drop, ct);
                }
                catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.DependentObjectsStillExist)
                {
                    throw new MigrationException(each.Name, $"{refused.MessageText}: {refused.Detail}", refused);
                }
            }
        }
        await connection.RunAsync("delete from ops.schema_object", ct);
    }

    // One name can stand for a relation and for several functions.
    private const string Drop = """
        select format('drop %s %s', case relkind when 'm' then 'materialized view' else 'view' end, oid::regclass)
        from pg_catalog.pg_class
        where relkind in ('v', 'm') and oid = to_regclass(@Name)
        union all
        select format('drop routine %s', oid::regprocedure)
        from pg_catalog.pg_proc
        where pronamespace = to_regnamespace(split_part(@Name, '.', 1)) and proname = split_part(@Name, '.', 2)
        """;

    public Task AddAsync(NumberedMigration migration, CancellationToken ct) => connection.ExecuteAsync(new CommandDefinition(
        "insert into ops.schema_migration (version, file, checksum) values (@Version, @File, @Checksum)",
        new { migration.Version, migration.Script.File, migration.Script.Checksum }, cancellationToken: ct));

    public Task AddAsync(RepeatableObject view, int position, CancellationToken ct) => connection.ExecuteAsync(new CommandDefinition(
        "insert into ops.schema_object (name, position, checksum) values (@Name, @position, @Checksum)",
        new { view.Name, position, view.Script.Checksum }, cancellationToken: ct));
}
