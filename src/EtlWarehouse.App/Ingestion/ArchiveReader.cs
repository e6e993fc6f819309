using System.Collections.Concurrent;
using EtlWarehouse.Crawling.Archive;
using EtlWarehouse.Loading.Staging;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.App.Ingestion;

/// <summary>A document that is no report, or cannot be read from the archive at all.</summary>
/// <param name="Code">E.g. <c>report.no_tables</c>, <c>archive.corrupt</c>.</param>
/// <param name="Message">What was expected and found.</param>
/// <param name="Sha256">Null where not even the bytes were to be had.</param>
public sealed record UnreadDocument(string Url, string Code, string Message, string? Sha256 = null);

/// <summary>Reads archived documents with the registers and the pipeline as they were when each was captured.</summary>
public sealed class ArchiveReader(DocumentArchive archive, ReferenceData reference)
{
    private readonly ConcurrentDictionary<string, ReportReader> readers = new();

    private readonly ConcurrentDictionary<string, IReadOnlyList<Division>> divisions = new();

    /// <summary>The registers with the divisions that the pipelines of all these captures declare.</summary>
    public ReferenceData ReferenceOf(IEnumerable<Capture> captures)
    {
        ArgumentNullException.ThrowIfNull(captures);
        return reference.With(captures.Select(capture => capture.PipelineHash).Distinct()
            .SelectMany(Divisions)
            .DistinctBy(division => (division.Code, division.FromYear)));
    }

    /// <returns>The staged form of the document; null and the reason where the archive does not give its bytes.</returns>
    public (StagedDocument? Document, UnreadDocument? Unread) Read(Capture capture)
    {
        ArgumentNullException.ThrowIfNull(capture);
        byte[] body;
        try
        {
            body = archive.Bodies.Read(capture.Sha256);
        }
        catch (ArchiveException damaged)
        {
            // One damaged file must not keep the others from being read; it is named and the run is not complete.
            return (null, new UnreadDocument(capture.Url, $"archive.{damaged.Fault}".ToLowerInvariant(), damaged.Message, capture.Sha256));
        }

        var reader = readers.GetOrAdd(capture.PipelineHash, hash => new ReportReader(reference.With(Divisions(hash))));
        var result = reader.Read(capture.ToSource(body));
        return (new StagedDocument(capture.Sha256, capture.Url, capture.FirstSeenAt, capture.Pipeline, capture.SiteCode, result),
            result.Refusal is { } refusal ? new UnreadDocument(capture.Url, refusal.Code, refusal.Message, capture.Sha256) : null);
    }

    private IReadOnlyList<Division> Divisions(string pipelineHash) =>
        divisions.GetOrAdd(pipelineHash, hash => archive.Pipelines.Read(hash).Divisions);
}
