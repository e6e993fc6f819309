using Npgsql;

namespace EtlWarehouse.App.Catalog;

internal enum CatalogKind
{
    Table,
    View,
    Function,
    Type,
}

/// <param name="Type">As PostgreSQL prints it.</param>
/// <param name="IsRequired">Whether the column may never be null; unknown of views, where it is false.</param>
internal sealed record CatalogColumn(string Name, string Type, bool IsRequired, string? Comment);

/// <summary>One table, view, function or type.</summary>
/// <param name="Name">With its schema; a function with its parameters.</param>
/// <param name="Detail">Of a type its values, of a function what it returns; else empty.</param>
/// <param name="Columns">In their order; none of functions and types.</param>
/// <param name="Key">Columns of the primary key.</param>
internal sealed record CatalogObject(
    string Schema, string Name, CatalogKind Kind, string? Comment, string Detail, IReadOnlyList<CatalogColumn> Columns, IReadOnlyList<string> Key);

/// <summary>What a database says about itself: all objects of the project's schemas with their comments.</summary>
internal static class WarehouseCatalog
{
    /// <summary>The schemas in the order in which a reader meets them.</summary>
    public static readonly string[] Schemas = ["mart", "dw", "stg", "ops"];

    /// <summary>Reads all objects, by schema, kind and name. Partitions stand for their table and are left out.</summary>
    public static async Task<IReadOnlyList<CatalogObject>> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var columns = await ColumnsAsync(connection, ct);
        var objects = new List<CatalogObject>();
        await using var command = connection.CreateCommand();
        command.CommandText = """
            select namespace.nspname, namespace.nspname || '.' || class.relname, case when class.relkind in ('r', 'p') then 'Table' else 'View' end,
                pg_catalog.obj_description(class.oid, 'pg_class'), '',
                coalesce((
                    select array_agg(attribute.attname::text order by array_position(key.indkey::smallint[], attribute.attnum))
                    from pg_catalog.pg_index as key
                    inner join pg_catalog.pg_attribute as attribute
                        on attribute.attrelid = class.oid
                        and attribute.attnum = any(key.indkey[0:key.indnkeyatts - 1])
                    where key.indrelid = class.oid and key.indisprimary
                ), '{}')
            from pg_catalog.pg_class as class
            inner join pg_catalog.pg_namespace as namespace on namespace.oid = class.relnamespace
            where namespace.nspname = any($1) and class.relkind in ('r', 'p', 'v', 'm') and not class.relispartition
            union all
            select namespace.nspname,
                namespace.nspname || '.' || function.proname || '(' || pg_catalog.pg_get_function_identity_arguments(function.oid) || ')', 'Function',
                pg_catalog.obj_description(function.oid, 'pg_proc'), pg_catalog.pg_get_function_result(function.oid), '{}'
            from pg_catalog.pg_proc as function
            inner join pg_catalog.pg_namespace as namespace on namespace.oid = function.pronamespace
            where namespace.nspname = any($1)
            union all
            select namespace.nspname, namespace.nspname || '.' || type.typname, 'Type', pg_catalog.obj_description(type.oid, 'pg_type'),
                (select string_agg(label.enumlabel, ', ' order by label.enumsortorder) from pg_catalog.pg_enum as label where label.enumtypid = type.oid), '{}'
            from pg_catalog.pg_type as type
            inner join pg_catalog.pg_namespace as namespace on namespace.oid = type.typnamespace
            where namespace.nspname = any($1) and type.typtype = 'e'
            """;
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = Schemas });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var name = reader.GetString(1);
            objects.Add(new CatalogObject(
                reader.GetString(0), name, Enum.Parse<CatalogKind>(reader.GetString(2)), reader.IsDBNull(3) ? null : reader.GetString(3),
                reader.GetString(4), [.. columns[name]], reader.GetFieldValue<string[]>(5)));
        }
        return [.. objects.OrderBy(each => Array.IndexOf(Schemas, each.Schema)).ThenBy(each => each.Kind).ThenBy(each => each.Name, StringComparer.Ordinal)];
    }

    private static async Task<ILookup<string, CatalogColumn>> ColumnsAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var columns = new List<(string Object, CatalogColumn Column)>();
        await using var command = connection.CreateCommand();
        command.CommandText = """
            select namespace.nspname || '.' || class.relname, attribute.attname,
                pg_catalog.format_type(attribute.atttypid, attribute.atttypmod), attribute.attnotnull,
                pg_catalog.col_description(class.oid, attribute.attnum)
            from pg_catalog.pg_class as class
            inner join pg_catalog.pg_namespace as namespace on namespace.oid = class.relnamespace
            inner join pg_catalog.pg_attribute as attribute
                on attribute.attrelid = class.oid
                and attribute.attnum > 0
                and not attribute.attisdropped
            where namespace.nspname = any($1) and class.relkind in ('r', 'p', 'v', 'm') and not class.relispartition
            order by class.oid, attribute.attnum
            """;
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = Schemas });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            columns.Add((reader.GetString(0), new CatalogColumn(
                reader.GetString(1), reader.GetString(2), reader.GetBoolean(3), reader.IsDBNull(4) ? null : reader.GetString(4))));
        }
        return columns.ToLookup(each => each.Object, each => each.Column);
    }
}
