using Npgsql;

namespace EtlWarehouse.App.Ingestion;

/// <summary>Documents of a pipeline that a list calls annual reports and the reader cannot read or place.</summary>
internal static class UnreadDocuments
{
    /// <returns>A line each: address, reason.</returns>
    public static async Task<IReadOnlyList<string>> ListAsync(NpgsqlDataSource owner, string pipeline, CancellationToken ct)
    {
        await using var command = owner.CreateCommand("""
            select document.url || ': ' || coalesce(document.refusal_code || ': ' || document.refusal_message, unplaced.reason)
            from stg.document as document
            left join dw.unplaced_document as unplaced using (sha256)
            where document.pipeline = $1
                and (document.outcome = 'refused' or unplaced.sha256 is not null)
            order by document.url
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = pipeline });
        var unread = new List<string>();
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
            unread.Add(rows.GetString(0));
        return unread;
    }
}
