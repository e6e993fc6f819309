using EtlWarehouse.Loading.Dimensions;
using EtlWarehouse.Parsing.Registers;
using Npgsql;

namespace EtlWarehouse.Loading.Transforms;

/// <summary>
/// Brings the star up to what is staged: loads the registers into the dimensions, runs the transforms in the order of their sources,
/// then their checks. All of it is one transaction: readers see the warehouse before it or after it.
/// </summary>
/// <param name="writer">Connects as a role that may write <c>ops</c>, <c>dw</c> and <c>mart</c>.</param>
/// <param name="sqlFolder">The folder that holds <c>ops/</c>, <c>dw/</c> and <c>mart/</c>.</param>
/// <param name="reference">Forms, divisions, kinds and concepts; with the pipelines' own divisions.</param>
public sealed class TransformRunner(NpgsqlDataSource writer, string sqlFolder, ReferenceData reference)
{
    /// <summary>Transforms what was staged since the last time. Two callers take turns.</summary>
    /// <exception cref="TransformException">A statement or a check failed; nothing is changed.</exception>
    public async Task<TransformResult> RunAsync(CancellationToken ct = default)
    {
        var transforms = await TransformFile.ReadAllAsync(sqlFolder, ct);
        await using var connection = await writer.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // Compiling a plan takes longer than these statements run. They sort and group more than a server's default memory holds, and one
        // transform runs at a time, so that each may take what upkeep may. A merge would read an index from end to end for a few rows.
        await connection.ExecuteAsync(
            "set local jit to off; set local enable_mergejoin to off; select set_config('work_mem', current_setting('maintenance_work_mem'), true)", ct);
        await WarehouseLock.TakeAsync(connection, ct);
        await DimensionLoader.LoadAsync(connection, reference, ct);

        var warnings = new List<string>();
        await NoteCapturesAsync(connection, ct);
        var isPending = await IsPendingAsync(connection, ct);
        if (isPending)
        {
            foreach (var transform in transforms)
                await transform.RunAsync(connection, ct);
            foreach (var check in transforms.SelectMany(transform => transform.Checks))
            {
                if (await check.FindBadRowsAsync(connection, ct) is not { } badRows)
                    continue;
                if (check.IsFatal)
                    throw new TransformException(badRows);
                warnings.Add(badRows);
            }
        }

        var result = await CountAsync(connection, isPending, warnings, ct);
        await connection.ExecuteAsync("delete from ops.pending_document; delete from ops.pending_reference", ct);
        await transaction.CommitAsync(ct);
        // Else the server learns only when the connection ends how much changed, too late for the upkeep.
        await connection.ExecuteAsync("select pg_stat_force_next_flush()", ct);
        return result;
    }

    /// <summary>A staged document that is captured anew, elsewhere or again at its address, may change which revision is current.</summary>
    private static Task<int> NoteCapturesAsync(NpgsqlConnection connection, CancellationToken ct) => connection.ExecuteAsync(
        """
        insert into ops.pending_document (document_key)
        select distinct document.document_key
        from ops.capture as capture
        inner join stg.document as document using (sha256)
        left join dw.document_capture as known
            on known.document_key = document.document_key
            and known.url = capture.url
            and known.seen_at = capture.first_seen_at
        where known.document_key is null
        on conflict do nothing
        """, ct);

    private static async Task<bool> IsPendingAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "select exists (select from ops.pending_document) or exists (select from ops.pending_reference)";
        command.CommandTimeout = 0;
        return await command.ExecuteScalarAsync(ct) is true;
    }

    private static async Task<TransformResult> CountAsync(
        NpgsqlConnection connection, bool hasRun, IReadOnlyList<string> warnings, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = hasRun
            ? """
                select documents_changed, reports_changed, facts_inserted, facts_changed, facts_unchanged, facts_removed,
                    (select count(*) from dw.unplaced_document)
                from ops.transform_count
                """
            : "select 0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint, count(*) from dw.unplaced_document";
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new TransformResult(
            reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5),
            reader.GetInt64(6), warnings);
    }
}
