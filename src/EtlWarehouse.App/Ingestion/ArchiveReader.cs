using System.Collections.Concurrent;
using EtlWarehouse.Crawling.Archive;
using EtlWarehouse.Crawling.Pipelines;
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

    private readonly ConcurrentDictionary<string, CrawlPipeline> pipelines = new();

    /// <summary>The registers with the divisions that the pipelines of all these captures declare.</summary>
    public ReferenceData ReferenceOf(IEnumerable<Capture> captures)
    {
        ArgumentNullException.ThrowIfNull(captures);
        return reference.With(captures.Select(capture => capture.PipelineHash).Distinct()
            .SelectMany(hash => Pipeline(hash).Divisions)
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

        var pipeline = Pipeline(capture.PipelineHash);
        var reader = readers.GetOrAdd(capture.PipelineHash, _ => new ReportReader(reference.With(pipeline.Divisions)));
        var hosts = pipeline.Sites.SelectMany(site => site.Start).Select(start => start.Host).ToHashSet();
        var result = reader.Read(capture.ToSource(body, hosts.Count > 0 ? hosts : null));
        return (new StagedDocument(capture.Sha256, capture.Url, capture.FirstSeenAt, capture.Pipeline, capture.SiteCode, result),
            result.Refusal is { } refusal ? new UnreadDocument(capture.Url, refusal.Code, refusal.Message, capture.Sha256) : null);
    }

    private CrawlPipeline Pipeline(string hash) => pipelines.GetOrAdd(hash, archive.Pipelines.Read);
}
