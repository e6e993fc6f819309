using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace EtlWarehouse.Loading;

/// <summary>Number of rows and hash of one table.</summary>
/// <param name="Table">With its schema.</param>
/// <param name="Sha256">Over the rows as text, sorted; 64 lower-case hexadecimal digits.</param>
public sealed record TableHash(string Table, long Rows, string Sha256);

/// <summary>Tells whether two warehouses hold the same, row for row, surrogate keys included.</summary>
public static class WarehouseHash
{
    /// <summary>Hashes each table of the schemas, partitions as one table with their parent, in the order of their names.</summary>
    /// <remarks>Independent of the server's locale and time zone, and of the order in which rows were written.</remarks>
    public static async Task<IReadOnlyList<TableHash>> OfSchemasAsync(
        NpgsqlDataSource reader, IReadOnlyCollection<string> schemas, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        await using var connection = await reader.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        await connection.ExecuteAsync("set local timezone to 'UTC'; set local datestyle to 'ISO, YMD'; set local bytea_output to 'hex'", ct);

        var hashes = new List<TableHash>();
        foreach (var table in await TablesAsync(connection, schemas, ct))
            hashes.Add(await OfTableAsync(connection, table, ct));
        return hashes;
    }

    private static async Task<List<string>> TablesAsync(NpgsqlConnection connection, IReadOnlyCollection<string> schemas, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = """
            select format('%I.%I', namespace.nspname, class.relname)
            from pg_catalog.pg_class as class
            inner join pg_catalog.pg_namespace as namespace on namespace.oid = class.relnamespace
            where namespace.nspname = any($1) and class.relkind in ('r', 'p') and not class.relispartition
            order by namespace.nspname collate "C", class.relname collate "C"
            """;
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. schemas] });
        var tables = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            tables.Add(reader.GetString(0));
        return tables;
    }

    private static async Task<TableHash> OfTableAsync(NpgsqlConnection connection, string table, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rows = 0L;
        // Text format: one line a row, line ends within values escaped.
        using var lines = await connection.BeginTextExportAsync(
            $"copy (select each::text as line from {table} as each order by each::text collate \"C\") to stdout (format text)", ct);
        while (await lines.ReadLineAsync(ct) is { } line)
        {
            rows++;
            hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
        }

        return new TableHash(table, rows, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
