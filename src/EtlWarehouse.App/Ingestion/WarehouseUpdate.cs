using EtlWarehouse.Crawling.Archive;
using EtlWarehouse.Crawling.Journal;
using EtlWarehouse.Loading;
using EtlWarehouse.Loading.Staging;
using EtlWarehouse.Loading.Transforms;
using EtlWarehouse.Parsing.Registers;
using Npgsql;

namespace EtlWarehouse.App.Ingestion;

/// <summary>What bringing the warehouse up to the archive changed.</summary>
/// <param name="Read">Documents that were read now.</param>
/// <param name="Staged">Of these, new or read otherwise than before.</param>
/// <param name="Unread">Of these, no reports or not readable.</param>
public sealed record UpdateResult(int Read, int Staged, IReadOnlyList<UnreadDocument> Unread, TransformResult Transform);

/// <summary>Brings the warehouse up to the archive: reads what is not staged, stages it, transforms. The second half of every command.</summary>
public sealed class WarehouseUpdate(WarehouseSettings settings, NpgsqlDataSource owner, DocumentArchive archive, ReferenceData reference)
{
    // A batch is one transaction; a killed program repeats at most this many.
    private const int BatchSize = 256;

    /// <param name="isWanted">Which captures to read again although they are staged; the others are read only where they are not.</param>
    /// <param name="progress">Documents read so far, and how many there are.</param>
    /// <exception cref="ArchiveException">The archive cannot be listed.</exception>
    /// <exception cref="TransformException">A check failed: the warehouse is as it was; what was staged stays staged.</exception>
    public async Task<UpdateResult> RunAsync(
        Func<Capture, bool>? isWanted, IProgress<(int Done, int All)>? progress, CancellationToken ct)
    {
        var captures = archive.Captures.ReadAll();
        await MirrorAsync(captures, ct);
        var catalog = await StagedCatalog.LoadAsync(owner, ct);
        var settled = await SettledAsync(ct);
        // A file whose page is itself captured as the report is another rendition of it, not another report.
        var pages = captures.Select(capture => capture.Url).ToHashSet();
        var wanted = captures
            .Where(capture => capture.PageUrl is null || !pages.Contains(capture.PageUrl))
            .Where(capture => isWanted?.Invoke(capture) == true || settled.Contains(capture.Sha256) || !catalog.Holds(capture.Sha256, capture.Url, capture.FirstSeenAt))
            // The same bytes at several addresses are one document: its first capture.
            .DistinctBy(capture => capture.Sha256)
            .ToList();

        var reader = new ArchiveReader(archive, reference);
        var writer = new StagingWriter(owner);
        var unread = new List<UnreadDocument>();
        var staged = 0;
        var done = 0;
        foreach (var batch in wanted.Chunk(BatchSize))
        {
            var documents = batch.AsParallel().AsOrdered().WithCancellation(ct).Select(reader.Read).ToList();
            unread.AddRange(documents.Select(document => document.Unread).OfType<UnreadDocument>());
            var readable = documents.Select(document => document.Document).OfType<StagedDocument>().ToList();
            staged += (await writer.WriteAsync(readable, ct: ct)).Staged;
            done += batch.Length;
            progress?.Report((done, wanted.Count));
        }

        var transform = await new TransformRunner(owner, settings.SqlFolder, reader.ReferenceOf(captures)).RunAsync(ct);
        await WarehouseUpkeep.RunAsync(owner, ct);
        return new UpdateResult(wanted.Count, staged, unread, transform);
    }

    /// <summary>Documents that a person places, or placed when they were staged: a line of the register may have come, changed or gone since.</summary>
    private async Task<HashSet<string>> SettledAsync(CancellationToken ct)
    {
        await using var command = owner.CreateCommand(
            "select document.sha256 from stg.witness as said inner join stg.document as document using (document_key) where said.witness = 'settled'");
        var settled = reference.Placements.Keys.ToHashSet();
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
            settled.Add(rows.GetString(0));
        return settled;
    }

    /// <summary>The archive is the truth; a database that was emptied or lost its last seconds gets its captures back.</summary>
    private async Task MirrorAsync(IReadOnlyCollection<Capture> captures, CancellationToken ct)
    {
        await using var connection = await owner.OpenConnectionAsync(ct);
        await CaptureTable.AddAsync(connection, captures, ct);
    }
}
