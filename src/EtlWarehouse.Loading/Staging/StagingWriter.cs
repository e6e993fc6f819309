using EtlWarehouse.Parsing;
using Npgsql;

namespace EtlWarehouse.Loading.Staging;

/// <summary>Writes readings into schema <c>stg</c> by binary COPY and marks them for the next transform.</summary>
/// <param name="writer">Connects as a role that may write <c>stg</c> and <c>ops</c>.</param>
public sealed class StagingWriter(NpgsqlDataSource writer)
{
    /// <summary>
    /// Stages one batch in one transaction. A document that stands already in the same reading is left alone; in another reading it
    /// is replaced as a whole. The same bytes at several addresses are one document: the first capture stands.
    /// </summary>
    /// <param name="readerVersion">Version of the reader that made the batch.</param>
    /// <exception cref="FormatException">A hash is none, or a report's parts contradict each other; nothing is staged.</exception>
    public async Task<StagingResult> WriteAsync(
        IReadOnlyCollection<StagedDocument> batch, int readerVersion = ReportReader.Version, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var rows = batch.Select(document => DocumentRow.Of(document, readerVersion))
            .GroupBy(row => row.Key)
            .Select(captures => captures.MinBy(row => row.Capture)!)
            .ToList();

        await using var connection = await writer.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await WarehouseLock.TakeAsync(connection, ct);

        var standing = await StagedCatalog.ReadAsync(connection, [.. rows.Select(row => row.Key)], ct);
        rows.RemoveAll(standing.Holds);
        if (rows.Count > 0)
        {
            var keys = rows.Select(row => row.Key).ToArray();
            await connection.ExecuteAsync(
                "delete from stg.document where document_key = any($1)", ct, new NpgsqlParameter<long[]> { TypedValue = keys });
            await StagingCopy.WriteAsync(connection, rows, ct);
            await connection.ExecuteAsync(
                "insert into ops.pending_document (document_key) select unnest($1) on conflict do nothing", ct,
                new NpgsqlParameter<long[]> { TypedValue = keys });
        }

        await transaction.CommitAsync(ct);
        return new StagingResult(rows.Count, batch.Count - rows.Count);
    }
}
