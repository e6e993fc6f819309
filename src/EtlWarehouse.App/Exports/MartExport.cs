using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using EtlWarehouse.App.Catalog;
using EtlWarehouse.Loading;
using Npgsql;

namespace EtlWarehouse.App.Exports;

internal enum ExportFormat
{
    Csv,
    Xlsx,
    Json,
}

/// <summary>Writes a mart into a file, row by row, with a descriptor beside it. An export that ends early leaves what was there before.</summary>
/// <param name="analyst">Connects as the read-only role.</param>
/// <param name="sqlFolder">The folder <c>sql</c>, whose heads name the keys by which the rows are ordered.</param>
internal sealed class MartExport(NpgsqlDataSource analyst, string sqlFolder, TimeProvider time)
{
    private const string Schema = "mart";

    /// <param name="name">With or without its schema.</param>
    /// <param name="condition">What a row must meet, in SQL; null for all rows.</param>
    /// <param name="folder">Is made where it is missing.</param>
    /// <exception cref="ArgumentException">There is no such mart; the message lists those that there are.</exception>
    /// <exception cref="PostgresException">PostgreSQL refused the condition.</exception>
    /// <exception cref="SheetLimitException">The rows do not fit into a sheet.</exception>
    public async Task<ExportedFile> WriteAsync(string name, string? condition, ExportFormat format, string folder, CancellationToken ct)
    {
        await using var connection = await analyst.OpenConnectionAsync(ct);
        var mart = await FindAsync(connection, name, ct);
        IReadOnlyList<ExportColumn> columns = [.. mart.Columns.Select(ExportColumn.Of)];
        var key = mart.Key.Count > 0 ? mart.Key : SqlHeader.Find(sqlFolder, mart.Name)?.Keys ?? [];

        Directory.CreateDirectory(folder);
        var fileName = $"{mart.Name.Split('.')[1]}.{format.ToString().ToLowerInvariant()}";
        var partial = Path.Combine(folder, $".{fileName}.{Guid.NewGuid():N}.partial");
        try
        {
            var (rows, guarded) = await WriteRowsAsync(connection, mart, columns, key, condition, format, partial, ct);
            var (bytes, sha256) = await MeasureAsync(partial, ct);
            BilingualComment.TryRead(mart.Comment, out var title);
            var file = new ExportedFile(
                mart.Name, condition, format, fileName, title, columns, key, rows, bytes, sha256, guarded, time.GetUtcNow());
            var descriptor = Path.Combine(folder, DataPackage.FileName);
            var described = DataPackage.Describe(File.Exists(descriptor) ? await File.ReadAllTextAsync(descriptor, ct) : null, file);

            File.Move(partial, Path.Combine(folder, fileName), overwrite: true);
            await File.WriteAllTextAsync(partial, described, CancellationToken.None);
            File.Move(partial, descriptor, overwrite: true);
            return file;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static async Task<CatalogObject> FindAsync(NpgsqlConnection connection, string name, CancellationToken ct)
    {
        var marts = (await WarehouseCatalog.ReadAsync(connection, ct))
            .Where(each => each.Schema == Schema && each.Kind is (CatalogKind.View or CatalogKind.Table))
            .ToList();
        return marts.FirstOrDefault(each => each.Name == name || each.Name == $"{Schema}.{name}")
            ?? throw new ArgumentException($"{name}: expected a mart, found none of that name; there are: {string.Join(", ", marts.Select(each => each.Name.Split('.')[1]))}");
    }

    private static async Task<(long Rows, long Guarded)> WriteRowsAsync(
        NpgsqlConnection connection, CatalogObject mart, IReadOnlyList<ExportColumn> columns, IReadOnlyList<string> key, string? condition,
        ExportFormat format, string path, CancellationToken ct)
    {
        var order = columns.Where(column => key.Contains(column.Name)).ToDictionary(column => column.Name, column => column.Order);
        await using var command = connection.CreateCommand();
        // The condition is the user's own and runs with no more rights than the role has; it ends with its line, whatever stands in it.
#pragma warning disable CA2100
        command.CommandText = $"""
            select {string.Join(", ", columns.Select(column => column.Expression))}
            from {mart.Name}
            {(condition is null ? string.Empty : $"where (\n{condition}\n)")}
            {(order.Count == 0 ? string.Empty : $"order by {string.Join(", ", key.Where(order.ContainsKey).Select(each => order[each]))}")}
            """;
#pragma warning restore CA2100
        command.CommandTimeout = 0;
        // As PostgreSQL prints them: exact decimals of any length.
        command.AllResultTypesAreUnknown = true;
        await using var reader = await command.ExecuteReaderAsync(ct);

        var count = 0L;
        var rows = RowsAsync(ct);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        var guarded = 0L;
        switch (format)
        {
            case ExportFormat.Csv:
                guarded = await CsvExport.WriteAsync(file, columns, rows, ct);
                break;
            case ExportFormat.Json:
                await JsonExport.WriteAsync(file, columns, rows, ct);
                break;
            default:
                await XlsxExport.WriteAsync(file, mart.Name.Split('.')[1], columns, rows, ct);
                break;
        }
        file.Flush(flushToDisk: true);
        return (count, guarded);

        async IAsyncEnumerable<string?[]> RowsAsync([EnumeratorCancellation] CancellationToken stop)
        {
            while (await reader.ReadAsync(stop))
            {
                var row = new string?[columns.Count];
                for (var column = 0; column < row.Length; column++)
                    row[column] = reader.IsDBNull(column) ? null : reader.GetString(column);
                count++;
                yield return row;
            }
        }
    }

    private static async Task<(long Bytes, string Sha256)> MeasureAsync(string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        return (file.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct)));
    }
}
