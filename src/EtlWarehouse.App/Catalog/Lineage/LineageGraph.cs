using EtlWarehouse.Loading;
using Npgsql;

namespace EtlWarehouse.App.Catalog.Lineage;

/// <summary>A column of a table or view; column <see cref="Rows"/> stands for the presence of its rows.</summary>
/// <param name="Relation">With its schema.</param>
internal readonly record struct NamedColumn(string Relation, string Column)
{
    public const string Rows = "*";

    public override string ToString() => $"{Relation}.{Column}";
}

/// <summary>
/// What is computed of what: views column by column as PostgreSQL understood them, tables as a whole from the sources that the head of
/// their transform names.
/// </summary>
internal sealed class LineageGraph
{
    private readonly string sqlFolder;
    private readonly Dictionary<string, string[]> columns;
    private readonly Dictionary<NamedColumn, IReadOnlyList<NamedColumn>> computed;

    private LineageGraph(string sqlFolder, Dictionary<string, string[]> columns, Dictionary<NamedColumn, IReadOnlyList<NamedColumn>> computed)
    {
        this.sqlFolder = sqlFolder;
        this.columns = columns;
        this.computed = computed;
    }

    /// <summary>All tables and views with their schema, in the order of their names.</summary>
    public IEnumerable<string> Relations => columns.Keys.Order(StringComparer.Ordinal);

    /// <exception cref="PostgresException">The role may not read the catalog.</exception>
    public static async Task<LineageGraph> ReadAsync(NpgsqlConnection connection, string sqlFolder, CancellationToken ct)
    {
        var relations = new Dictionary<uint, (string Name, string[] Columns)>();
        var queries = new List<(uint Relation, ViewQuery Query)>();
        await using var command = connection.CreateCommand();
        // Numbers of columns that were dropped keep their place.
        command.CommandText = """
            select class.oid, namespace.nspname || '.' || class.relname, rule.ev_action::text,
                array(
                    select case when attribute.attisdropped then '' else attribute.attname::text end
                    from pg_catalog.pg_attribute as attribute
                    where attribute.attrelid = class.oid and attribute.attnum > 0
                    order by attribute.attnum
                )
            from pg_catalog.pg_class as class
            inner join pg_catalog.pg_namespace as namespace on namespace.oid = class.relnamespace
            left join pg_catalog.pg_rewrite as rule
                on rule.ev_class = class.oid
                and rule.rulename = '_RETURN'
            where namespace.nspname = any($1) and class.relkind in ('r', 'p', 'v', 'm') and not class.relispartition
            """;
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = WarehouseCatalog.Schemas });
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                relations.Add(reader.GetFieldValue<uint>(0), (reader.GetString(1), reader.GetFieldValue<string[]>(3)));
                if (!reader.IsDBNull(2))
                    queries.Add((reader.GetFieldValue<uint>(0), ViewQuery.Read(reader.GetString(2))));
            }
        }

        var computed = new Dictionary<NamedColumn, IReadOnlyList<NamedColumn>>();
        foreach (var (relation, query) in queries)
        {
            for (var column = 0; column <= relations[relation].Columns.Length; column++)
                computed[Named(new ColumnAddress(relation, column))] = [.. query.SourcesOf(column).Select(Named).OrderBy(each => each.ToString(), StringComparer.Ordinal)];
        }
        return new LineageGraph(sqlFolder, relations.Values.ToDictionary(each => each.Name, each => each.Columns), computed);

        NamedColumn Named(ColumnAddress address) =>
            new(relations[address.Relation].Name, address.Column == 0 ? NamedColumn.Rows : relations[address.Relation].Columns[address.Column - 1]);
    }

    /// <summary>The names of the columns of a table or view; none where there is no such.</summary>
    public IReadOnlyList<string> ColumnsOf(string relation) => columns.TryGetValue(relation, out var names) ? [.. names.Where(name => name.Length > 0)] : [];

    public bool IsView(string relation) => computed.ContainsKey(new NamedColumn(relation, NamedColumn.Rows));

    /// <summary>What a column of a view is computed of, one step down; nothing for constants and for columns of tables.</summary>
    public IReadOnlyList<NamedColumn> SourcesOf(NamedColumn column) => computed.GetValueOrDefault(column, []);

    /// <summary>The tables and views that the transform of a table reads; of staging and of dimensions none.</summary>
    public IReadOnlyList<string> WrittenFrom(string table) => Known(table, SqlHeader.Find(sqlFolder, table)?.Sources);

    /// <summary>The tables and views that a table is compared with each time it is written.</summary>
    public IReadOnlyList<string> CheckedAgainst(string table) => [.. Known(table, SqlHeader.Find(sqlFolder, table)?.Checked).Except(WrittenFrom(table))];

    /// <summary>
    /// The columns of tables outside of <c>mart</c> that a column rests on: views resolved to the end, summaries stored in <c>mart</c>
    /// followed to what they are written from and compared with.
    /// </summary>
    public IReadOnlySet<NamedColumn> TablesBelow(NamedColumn column)
    {
        var found = new HashSet<NamedColumn>();
        var seen = new HashSet<NamedColumn>();
        Visit(column);
        return found;

        void Visit(NamedColumn each)
        {
            if (!seen.Add(each))
                return;
            var isStored = !IsView(each.Relation);
            if (isStored && !each.Relation.StartsWith("mart.", StringComparison.Ordinal))
            {
                found.Add(each);
                return;
            }
            var below = isStored
                ? WrittenFrom(each.Relation).Concat(CheckedAgainst(each.Relation)).Select(name => new NamedColumn(name, NamedColumn.Rows))
                : SourcesOf(each);
            foreach (var source in below)
                Visit(source);
        }
    }

    private string[] Known(string table, IEnumerable<string>? names) =>
        IsView(table) ? [] : [.. (names ?? []).Where(name => name != table && columns.ContainsKey(name))];
}
