using Dapper;
using EtlWarehouse.Crawling.Archive;
using EtlWarehouse.Crawling.Discovery;
using EtlWarehouse.Crawling.Fetching;

namespace EtlWarehouse.Crawling.Journal;

/// <summary>What a fetch was for.</summary>
internal enum FetchPurpose
{
    List,
    Page,
    Attachment,
}

/// <summary>The last good answer to a request.</summary>
internal sealed record KnownAnswer(
    string Request, string Sha256, long BodyBytes, string? MediaType, string? Charset, string? FinalUrl, string? ETag, DateTime? LastModified)
{
    public Validators Validators => new(ETag, LastModified is { } time ? new DateTimeOffset(time, TimeSpan.Zero) : null);
}

/// <summary>Writes what a run does to schema ops, each fact at once, so that a run that dies has lost none of it.</summary>
internal sealed class CrawlJournal(CrawlRun run, TimeProvider time)
{
    /// <summary>The last good answers of a site, by request.</summary>
    public async Task<Dictionary<string, KnownAnswer>> ReadKnownAsync(string siteCode, CancellationToken cancellation)
    {
        var connection = await run.Database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var known = await connection.QueryAsync<KnownAnswer>(new CommandDefinition(
                """
                select distinct on (request)
                    request, sha256, body_bytes as BodyBytes, media_type as MediaType, charset,
                    final_url as FinalUrl, etag, last_modified as LastModified
                from ops.fetch
                where pipeline = @Pipeline and site_code = @siteCode and outcome <> 'failed'
                order by request, fetch_id desc
                """,
                new { run.Pipeline, siteCode },
                cancellationToken: cancellation)).ConfigureAwait(false);
            return known.ToDictionary(answer => answer.Request);
        }
    }

    public Task BeginVisitAsync(string siteCode, CancellationToken cancellation) => ExecuteAsync(
        // A visit that its node did not live to end is begun again under the same run.
        """
        insert into ops.site_visit (run_id, site_code, started_at) values (@Id, @siteCode, @now)
        on conflict (run_id, site_code) do update set started_at = excluded.started_at, finished_at = null, outcome = 'running', reasons = '{}'
        """,
        new { run.Id, siteCode, now = time.GetUtcNow() },
        cancellation);

    public Task EndVisitAsync(SiteVisit visit, CancellationToken cancellation) => ExecuteAsync(
        """
        update ops.site_visit set
            finished_at = @now, outcome = @outcome, reasons = @reasons, listed = @Listed, reports = @Reports,
            skipped = @Skipped, fetched = @Fetched, unchanged = @Unchanged, failed = @Failed, captures = @Captures
        where run_id = @Id and site_code = @SiteCode
        """,
        new
        {
            run.Id, visit.SiteCode, now = time.GetUtcNow(), outcome = visit.Outcome.Word(),
            reasons = visit.Reasons.Select(reason => DatabaseText.Storable(reason.ToString())).ToArray(),
            visit.Listed, visit.Reports, visit.Skipped, visit.Fetched, visit.Unchanged, visit.Failed, visit.Captures,
        },
        cancellation);

    /// <param name="answer">Null when the fetch failed.</param>
    public Task RecordFetchAsync(
        string siteCode, FetchRequest request, FetchPurpose purpose, FetchResult result, KnownAnswer? answer, bool isUnchanged, CancellationToken cancellation) =>
        ExecuteAsync(
            """
            insert into ops.fetch (
                run_id, pipeline, site_code, request, purpose, fetched_at, outcome, attempts, http_status,
                sha256, body_bytes, media_type, charset, final_url, etag, last_modified, fault_code, fault_message)
            values (
                @Id, @Pipeline, @siteCode, @request, @purpose, @now, @outcome, @Attempts, @HttpStatus,
                @Sha256, @BodyBytes, @MediaType, @Charset, @FinalUrl, @ETag, @LastModified, @faultCode, @faultMessage)
            """,
            new
            {
                run.Id, run.Pipeline, siteCode, request = request.Key,
                purpose = purpose switch { FetchPurpose.List => "list", FetchPurpose.Page => "page", _ => "attachment" },
                now = time.GetUtcNow(),
                outcome = answer is null ? "failed" : isUnchanged ? "unchanged" : "fetched",
                result.Attempts, result.HttpStatus,
                answer?.Sha256, answer?.BodyBytes, answer?.MediaType, answer?.Charset, answer?.FinalUrl, answer?.ETag, answer?.LastModified,
                faultCode = answer is null ? result.Fault?.Code : null,
                faultMessage = answer is null && result.Fault is { } fault ? DatabaseText.Storable(fault.Message) : null,
            },
            cancellation);

    public Task RecordItemsAsync(string siteCode, IReadOnlyCollection<ListItem> items, CancellationToken cancellation)
    {
        var reasons = items.Select(item => ListedTitle.SkipReason(item.Title)).ToArray();
        return ExecuteAsync(
            """
            insert into ops.list_item as seen (
                pipeline, site_code, url, title, listed_on, decision, reason, first_seen_at, last_seen_at, last_run_id)
            select
                @Pipeline, @siteCode, item.url, item.title, item.listed_on,
                case when item.reason is null then 'report' else 'skipped' end, item.reason, @now, @now, @Id
            from unnest(@urls, @titles, @dates, @reasons) as item (url, title, listed_on, reason)
            on conflict (pipeline, site_code, url) do update set
                title = excluded.title, listed_on = excluded.listed_on, decision = excluded.decision,
                reason = excluded.reason, last_seen_at = excluded.last_seen_at, last_run_id = excluded.last_run_id
            """,
            new
            {
                run.Id, run.Pipeline, siteCode, now = time.GetUtcNow(), reasons,
                urls = items.Select(item => item.Url.AbsoluteUri).ToArray(),
                titles = items.Select(item => item.Title).ToArray(),
                dates = items.Select(item => item.Date).ToArray(),
            },
            cancellation);
    }

    public async Task RecordCaptureAsync(Capture capture, CancellationToken cancellation)
    {
        var connection = await run.Database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
            await CaptureTable.AddAsync(connection, [capture], cancellation).ConfigureAwait(false);
    }

    private async Task ExecuteAsync(string sql, object parameters, CancellationToken cancellation)
    {
        var connection = await run.Database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
            await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellation)).ConfigureAwait(false);
    }
}
