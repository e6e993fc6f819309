using EtlWarehouse.Parsing;
using Npgsql;

namespace EtlWarehouse.Loading.Staging;

/// <summary>What is staged already, so that only the rest is read and staged.</summary>
public sealed class StagedCatalog
{
    private readonly Dictionary<long, StandingDocument> documents;

    private StagedCatalog(Dictionary<long, StandingDocument> documents) => this.documents = documents;

    public int Count => documents.Count;

    /// <summary>Reads the whole catalog; a document takes about 300 bytes of memory.</summary>
    public static async Task<StagedCatalog> LoadAsync(NpgsqlDataSource reader, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        await using var connection = await reader.OpenConnectionAsync(ct);
        return await ReadAsync(connection, null, ct);
    }

    /// <summary>
    /// Whether staging this capture again would change nothing: the same bytes are staged from this capture or an earlier one, in the
    /// given reader version. An earlier capture in an older version is to be staged itself, not this one.
    /// </summary>
    public bool Holds(string sha256, string url, DateTimeOffset firstSeenAt, int readerVersion = ReportReader.Version)
    {
        if (!documents.TryGetValue(NaturalKey.OfSha256(sha256), out var standing))
            return false;
        var order = standing.Capture.CompareTo(Capture.Of(firstSeenAt, url));
        return order < 0 || (order == 0 && standing.ReaderVersion == readerVersion);
    }

    internal bool Holds(DocumentRow row)
    {
        if (!documents.TryGetValue(row.Key, out var standing))
            return false;
        if (standing.Sha256 != row.Document.Sha256)
            throw new FormatException($"{row.Document.Url}: expected a key of its own, found that of document {standing.Sha256}");

        var order = standing.Capture.CompareTo(row.Capture);
        return order < 0
            || (order == 0
                && standing.ReaderVersion == row.ReaderVersion
                && standing.ReadingHash == row.Hashes.Reading
                && standing.Pipeline == row.Document.Pipeline
                && standing.SiteCode == row.Document.SiteCode);
    }

    /// <param name="keys">Only these documents; null for all.</param>
    internal static async Task<StagedCatalog> ReadAsync(NpgsqlConnection connection, long[]? keys, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = """
            select document_key, sha256, first_seen_at, url, reader_version, reading_hash, pipeline, site_code
            from stg.document
            where $1 is null or document_key = any($1)
            """;
        command.CommandTimeout = 0;
        command.Parameters.Add(new NpgsqlParameter<long[]?> { TypedValue = keys });

        var documents = new Dictionary<long, StandingDocument>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            documents.Add(reader.GetInt64(0), new StandingDocument(
                reader.GetString(1), new Capture(reader.GetFieldValue<DateTimeOffset>(2), reader.GetString(3)), reader.GetInt32(4),
                reader.GetString(5), reader.IsDBNull(6) ? null : reader.GetString(6), reader.IsDBNull(7) ? null : reader.GetString(7)));
        }

        return new StagedCatalog(documents);
    }

    private sealed record StandingDocument(
        string Sha256, Capture Capture, int ReaderVersion, string ReadingHash, string? Pipeline, string? SiteCode);
}
