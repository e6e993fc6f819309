using System.Text.Json;
using Dapper;
using EtlWarehouse.Crawling.Archive;
using EtlWarehouse.Crawling.Discovery;
using EtlWarehouse.Crawling.Fetching;
using EtlWarehouse.Crawling.Pipelines;
using Npgsql;

namespace EtlWarehouse.Crawling.Journal;

/// <summary>What a fetch was for.</summary>
internal enum FetchPurpose
{
    List,
    Page,
    Attachment,
}

/// <summary>Writes what a run does to schema ops, each fact at once, so that a run that dies has lost none of it.</summary>
internal sealed class CrawlJournal(CrawlRun run, TimeProvider time) : IDisposable
{
    // Hundreds of sites write at once, each for a moment; the server has far fewer connections to give.
    private readonly SemaphoreSlim _connections = new(16, 16);

    /// <summary>What is known of a site.</summary>
    public Task<SiteStanding> ReadStandingAsync(string siteCode, CrawlNight night, CancellationToken cancellation) => UseAsync(
        connection => SiteStanding.ReadAsync(connection, run.Id, run.Pipeline, siteCode, night, cancellation), cancellation);

    /// <summary>Hosts that met a crawler with a wall, whichever it was, and are left alone until later than now.</summary>
    public Task<IReadOnlyList<(string Host, FetchFault Wall)>> ReadClosedHostsAsync(CancellationToken cancellation) => UseAsync<IReadOnlyList<(string, FetchFault)>>(
        async connection =>
        {
            var rows = await connection.QueryAsync<(string Host, string Code, string Message)>(new CommandDefinition(
                "select distinct on (host) host, fault_code, fault_message from ops.host_rest where rests_until > @now order by host, closed_at desc",
                new { now = time.GetUtcNow() },
                cancellationToken: cancellation)).ConfigureAwait(false);
            return [.. rows.Select(row => (row.Host, new FetchFault(row.Code, row.Message) { Reach = FaultReach.Night, Host = row.Host }))];
        },
        cancellation);

    /// <summary>Records that a host is left alone.</summary>
    public Task CloseHostAsync(FetchFault wall, CrawlNight night, CancellationToken cancellation) => ExecuteAsync(
        """
        insert into ops.host_rest (host, run_id, closed_at, rests_until, fault_code, fault_message)
        values (@Host, @Id, @now, @End, @Code, @message)
        on conflict do nothing
        """,
        new { wall.Host, run.Id, now = time.GetUtcNow(), night.End, wall.Code, message = DatabaseText.Storable(wall.Message) },
        cancellation);

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
            skipped = @Skipped, fetched = @Fetched, unchanged = @Unchanged, failed = @Failed, captures = @Captures, vanished = @vanished
        where run_id = @Id and site_code = @SiteCode
        """,
        new
        {
            run.Id, visit.SiteCode, now = time.GetUtcNow(), outcome = visit.Outcome.Word(),
            reasons = visit.Reasons.Select(reason => DatabaseText.Storable(reason.ToString())).ToArray(),
            visit.Listed, visit.Reports, visit.Skipped, visit.Fetched, visit.Unchanged, visit.Failed, visit.Captures,
            vanished = visit.Vanished.ToArray(),
        },
        cancellation);

    /// <param name="answer">Null when the fetch failed.</param>
    public Task RecordFetchAsync(FetchRecord record, FetchResult result, KnownAnswer? answer, CancellationToken cancellation) =>
        ExecuteAsync(
            """
            insert into ops.fetch (
                run_id, pipeline, site_code, request, purpose, fetched_at, outcome, attempts, http_status,
                sha256, body_bytes, media_type, charset, final_url, etag, last_modified, fault_code, fault_message, hops)
            values (
                @Id, @Pipeline, @SiteCode, @Request, @Purpose, @EndedAt, @Outcome, @Attempts, @HttpStatus,
                @Sha256, @BodyBytes, @MediaType, @Charset, @FinalUrl, @ETag, @LastModified, @FaultCode, @faultMessage, @hops::jsonb)
            """,
            new
            {
                run.Id, run.Pipeline, record.SiteCode, record.Request, record.Purpose, record.EndedAt, record.Outcome,
                result.Attempts, result.HttpStatus,
                answer?.Sha256, answer?.BodyBytes, answer?.MediaType, answer?.Charset, answer?.FinalUrl, answer?.ETag, answer?.LastModified,
                record.FaultCode,
                faultMessage = record.FaultMessage is { } message ? DatabaseText.Storable(message) : null,
                hops = JsonSerializer.Serialize(record.Hops, ArchiveJson.LineOptions),
            },
            cancellation);

    public Task RecordItemsAsync(string siteCode, IReadOnlyCollection<ListItem> items, CancellationToken cancellation)
    {
        var reasons = items.Select(item => item.SkipReason).ToArray();
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
                reason = excluded.reason, last_seen_at = excluded.last_seen_at, last_run_id = excluded.last_run_id,
                changed_at = case
                    when (seen.title, seen.listed_on) is distinct from (excluded.title, excluded.listed_on) then excluded.last_seen_at
                    else seen.changed_at
                end
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

    /// <summary>When the lines of a site's items last became others, by address; without those that never did.</summary>
    public Task<Dictionary<string, DateTimeOffset>> ReadChangedItemsAsync(string siteCode, CancellationToken cancellation) => UseAsync(
        async connection => (await connection.QueryAsync<(string Url, DateTime ChangedAt)>(new CommandDefinition(
            "select url, changed_at from ops.list_item where pipeline = @Pipeline and site_code = @siteCode and changed_at is not null",
            new { run.Pipeline, siteCode },
            cancellationToken: cancellation)).ConfigureAwait(false))
            .ToDictionary(item => item.Url, item => new DateTimeOffset(item.ChangedAt, TimeSpan.Zero)),
        cancellation);

    /// <summary>Addresses of reports that the lists showed on an earlier run and not on this one; ask when this run's items are recorded.</summary>
    public Task<IReadOnlyList<string>> ReadVanishedAsync(string siteCode, CancellationToken cancellation) => UseAsync<IReadOnlyList<string>>(
        async connection => (await connection.QueryAsync<string>(new CommandDefinition(
            """
            select url from ops.list_item
            where pipeline = @Pipeline and site_code = @siteCode and decision = 'report' and last_run_id <> @Id
            order by url
            """,
            new { run.Id, run.Pipeline, siteCode },
            cancellationToken: cancellation)).ConfigureAwait(false)).AsList(),
        cancellation);

    public Task RecordCaptureAsync(Capture capture, CancellationToken cancellation) =>
        UseAsync(connection => CaptureTable.AddAsync(connection, [capture], cancellation), cancellation);

    public void Dispose() => _connections.Dispose();

    private Task<int> ExecuteAsync(string sql, object parameters, CancellationToken cancellation) => UseAsync(
        connection => connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellation)), cancellation);

    private async Task<T> UseAsync<T>(Func<NpgsqlConnection, Task<T>> use, CancellationToken cancellation)
    {
        await _connections.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var connection = await run.Database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
                return await use(connection).ConfigureAwait(false);
        }
        finally
        {
            _connections.Release();
        }
    }
}
