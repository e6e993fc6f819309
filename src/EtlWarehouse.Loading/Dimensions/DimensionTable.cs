using Npgsql;
using NpgsqlTypes;

namespace EtlWarehouse.Loading.Dimensions;

/// <summary>A column of a dimension that the program fills.</summary>
internal sealed record DimensionColumn<T>(string Name, NpgsqlDbType Type, Func<T, object?> Value);

/// <summary>A dimension whose rows come from the registers. Rows are added and their labels change; none is ever deleted.</summary>
/// <param name="KeyColumns">First columns of <paramref name="Columns"/>: the primary key.</param>
/// <param name="FixedColumn">A column whose value under a key never changes, because facts stand under that key; null if there is none.</param>
internal sealed record DimensionTable<T>(string Name, int KeyColumns, string? FixedColumn, IReadOnlyList<DimensionColumn<T>> Columns)
{
    private string Incoming => $"incoming_{Name[(Name.IndexOf('.', StringComparison.Ordinal) + 1)..]}";

    private string ColumnList => string.Join(", ", Columns.Select(column => column.Name));

    /// <returns>Rows that are new or changed.</returns>
    /// <exception cref="FormatException">The register gives another meaning to a key under which facts may stand.</exception>
    public async Task<int> LoadAsync(NpgsqlConnection connection, IEnumerable<T> items, CancellationToken ct)
    {
        await CopyAsync(connection, items, ct);
        if (FixedColumn is not null)
            await RefuseNewMeaningAsync(connection, FixedColumn, ct);

        // Compared here and not in the conflict clause, so that an unchanged register writes nothing at all.
        var keys = string.Join(", ", Columns.Take(KeyColumns).Select(column => column.Name));
        var others = Columns.Skip(KeyColumns).Select(column => column.Name).ToList();
        return await connection.ExecuteAsync($"""
            insert into {Name} ({ColumnList})
            select {ColumnList} from {Incoming}
            except
            select {ColumnList} from {Name}
            on conflict ({keys}) do update set {string.Join(", ", others.Select(column => $"{column} = excluded.{column}"))}
            """, ct);
    }

    /// <summary>Whether the table holds other rows than these.</summary>
    public async Task<bool> DiffersAsync(NpgsqlConnection connection, IEnumerable<T> items, CancellationToken ct)
    {
        await CopyAsync(connection, items, ct);
        await using var command = connection.CreateCommand();
        // Names of our own tables and columns.
#pragma warning disable CA2100
        command.CommandText = $"""
            select exists (select {ColumnList} from {Incoming} except select {ColumnList} from {Name})
                or exists (select {ColumnList} from {Name} except select {ColumnList} from {Incoming})
            """;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(ct) is true;
    }

    /// <summary>Fills the emptied table with the rows given to <see cref="DiffersAsync"/>.</summary>
    public Task InsertAsync(NpgsqlConnection connection, CancellationToken ct) =>
        connection.ExecuteAsync($"insert into {Name} ({ColumnList}) select {ColumnList} from {Incoming}", ct);

    private async Task CopyAsync(NpgsqlConnection connection, IEnumerable<T> items, CancellationToken ct)
    {
        await connection.ExecuteAsync(
            $"create temporary table {Incoming} on commit drop as select {ColumnList} from {Name} with no data", ct);
        await using var importer = await connection.BeginBinaryImportAsync($"copy {Incoming} ({ColumnList}) from stdin (format binary)", ct);
        foreach (var item in items)
        {
            await importer.StartRowAsync(ct);
            foreach (var column in Columns)
                await importer.WriteAsync(column.Value(item), column.Type, ct);
        }

        await importer.CompleteAsync(ct);
    }

    private async Task RefuseNewMeaningAsync(NpgsqlConnection connection, string column, CancellationToken ct)
    {
        var key = Columns[0].Name;
        await using var command = connection.CreateCommand();
        // Names of our own tables and columns.
#pragma warning disable CA2100
        command.CommandText = $"""
            select standing.{key}::text, standing.{column}, incoming.{column}
            from {Name} as standing
            inner join {Incoming} as incoming using ({key})
            where standing.{column} <> incoming.{column}
            order by standing.{key}
            limit 1
            """;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (await reader.ReadAsync(ct))
        {
            throw new FormatException(
                $"{Name}: expected {key} {reader.GetString(0)} to stay '{reader.GetString(1)}', found '{reader.GetString(2)}' in the register; "
                + "append what is new at the end, or replay into an emptied database");
        }
    }
}
