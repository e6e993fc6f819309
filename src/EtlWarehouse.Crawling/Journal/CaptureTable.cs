using Dapper;
using EtlWarehouse.Crawling.Archive;
using Npgsql;

namespace EtlWarehouse.Crawling.Journal;

/// <summary>Table <c>ops.capture</c>, the archive's captures for SQL.</summary>
public static class CaptureTable
{
    /// <summary>Adds captures that the table lacks, e.g. all of the archive after the database was emptied.</summary>
    /// <returns>How many were added.</returns>
    public static async Task<int> AddAsync(NpgsqlConnection connection, IReadOnlyCollection<Capture> captures, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(captures);
        string?[] Column(Func<Capture, string?> value) => [.. captures.Select(value)];
        return await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into ops.capture (
                sha256, url, pipeline, pipeline_hash, site_code, first_seen_at, media_type, charset, file_name,
                list_title, list_date, page_url, division_code, agency_name, agency_kind)
            select
                capture.sha256, capture.url, capture.pipeline, capture.pipeline_hash, capture.site_code, capture.first_seen_at,
                capture.media_type, capture.charset, capture.file_name, capture.list_title, capture.list_date,
                capture.page_url, capture.division_code, capture.agency_name, capture.agency_kind
            from unnest(
                @sha256, @url, @pipeline, @pipelineHash, @siteCode, @firstSeenAt, @mediaType, @charset, @fileName,
                @listTitle, @listDate, @pageUrl, @divisionCode, @agencyName, @agencyKind
            ) as capture (
                sha256, url, pipeline, pipeline_hash, site_code, first_seen_at, media_type, charset, file_name,
                list_title, list_date, page_url, division_code, agency_name, agency_kind)
            on conflict (sha256, url, first_seen_at) do nothing
            """,
            new
            {
                sha256 = Column(capture => capture.Sha256),
                url = Column(capture => capture.Url),
                pipeline = Column(capture => capture.Pipeline),
                pipelineHash = Column(capture => capture.PipelineHash),
                siteCode = Column(capture => capture.SiteCode),
                firstSeenAt = captures.Select(capture => capture.FirstSeenAt).ToArray(),
                mediaType = Column(capture => capture.MediaType),
                charset = Column(capture => capture.Charset),
                fileName = Column(capture => capture.FileName),
                listTitle = Column(capture => capture.ListTitle),
                listDate = captures.Select(capture => capture.ListDate).ToArray(),
                pageUrl = Column(capture => capture.PageUrl),
                divisionCode = Column(capture => capture.DivisionCode),
                agencyName = Column(capture => capture.AgencyName),
                agencyKind = Column(capture => capture.AgencyKind),
            },
            cancellationToken: cancellation)).ConfigureAwait(false);
    }
}
