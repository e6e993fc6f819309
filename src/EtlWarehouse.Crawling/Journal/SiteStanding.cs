using Dapper;
using EtlWarehouse.Crawling.Fetching;
using EtlWarehouse.Crawling.Pipelines;
using Npgsql;

namespace EtlWarehouse.Crawling.Journal;

/// <summary>The last good answer to a request.</summary>
/// <param name="FirstAt">When the first good answer came, UTC.</param>
/// <param name="LastAt">When this one came, UTC.</param>
/// <param name="IsOfThisNight">Whether it came to a run of this night that was interrupted.</param>
internal sealed record KnownAnswer(
    string Request, string Sha256, long BodyBytes, string? MediaType, string? Charset, string? FinalUrl, string? ETag, DateTime? LastModified,
    DateTime FirstAt = default, DateTime LastAt = default, bool IsOfThisNight = false)
{
    public Validators Validators => new(ETag, LastModified is { } time ? new DateTimeOffset(time, TimeSpan.Zero) : null);

    public DateTimeOffset CheckedAt => new(LastAt, TimeSpan.Zero);
}

/// <summary>What is known of a site before a visit.</summary>
internal sealed class SiteStanding
{
    private readonly Dictionary<string, KnownAnswer> _known;
    private readonly Dictionary<string, LastFault> _faults;

    private SiteStanding(Dictionary<string, KnownAnswer> known, Dictionary<string, LastFault> faults) => (_known, _faults) = (known, faults);

    /// <summary>Of a site that nobody has ever asked.</summary>
    public static SiteStanding None { get; } = new([], []);

    public KnownAnswer? Known(FetchRequest request) => _known.GetValueOrDefault(request.Key);

    /// <summary>A final refusal (404 and the like) that a run of this night got before it was interrupted; null for none.</summary>
    public FetchFault? FaultOfThisNight(FetchRequest request) =>
        _faults.GetValueOrDefault(request.Key) is { IsOfThisNight: true, HttpStatus: >= 400 and < 500 and not 408 and not 429 } fault
            ? new FetchFault(fault.FaultCode, fault.FaultMessage)
            : null;

    /// <summary>
    /// What is asked first: what was never answered, so that nights that end early still go on; last what met a wall,
    /// so that one page that is refused for ever does not keep a night from the pages behind it.
    /// </summary>
    public int Turn(FetchRequest request) =>
        _faults.TryGetValue(request.Key, out var fault) && (fault.FaultCode.StartsWith("wall.", StringComparison.Ordinal) || fault.FaultCode == "answer.empty") ? 2
        : _known.ContainsKey(request.Key) ? 1
        : 0;

    public static async Task<SiteStanding> ReadAsync(
        NpgsqlConnection connection, long runId, string pipeline, string siteCode, CrawlNight night, CancellationToken cancellation)
    {
        var parameters = new { runId, pipeline, siteCode, begin = night.Begin };
        var known = await connection.QueryAsync<KnownAnswer>(new CommandDefinition(
            $"""
            {InterruptedRuns}
            select distinct on (asked.request)
                asked.request, asked.sha256, asked.body_bytes as BodyBytes, asked.media_type as MediaType, asked.charset,
                asked.final_url as FinalUrl, asked.etag, asked.last_modified as LastModified,
                min(asked.fetched_at) over (partition by asked.request) as FirstAt, asked.fetched_at as LastAt,
                asked.fetched_at >= @begin and interrupted.run_id is not null as IsOfThisNight
            from ops.fetch as asked
            left join interrupted using (run_id)
            where asked.pipeline = @pipeline and asked.site_code = @siteCode and asked.outcome <> 'failed'
            order by asked.request, asked.fetch_id desc
            """,
            parameters, cancellationToken: cancellation)).ConfigureAwait(false);
        var faults = await connection.QueryAsync<LastFault>(new CommandDefinition(
            $"""
            {InterruptedRuns}, last as (
                select distinct on (asked.request)
                    asked.request, asked.outcome, asked.http_status, asked.fault_code, asked.fault_message, asked.run_id, asked.fetched_at
                from ops.fetch as asked
                where asked.pipeline = @pipeline and asked.site_code = @siteCode and asked.purpose <> 'list'
                order by asked.request, asked.fetch_id desc
            )
            select
                last.request, last.http_status as HttpStatus, last.fault_code as FaultCode, last.fault_message as FaultMessage,
                last.fetched_at >= @begin and interrupted.run_id is not null as IsOfThisNight
            from last
            left join interrupted using (run_id)
            where last.outcome = 'failed'
            """,
            parameters, cancellationToken: cancellation)).ConfigureAwait(false);
        return new SiteStanding(known.ToDictionary(answer => answer.Request), faults.ToDictionary(fault => fault.Request));
    }

    // Those that died since a run came to its end; this run takes their place. And this one, where a visit is begun again:
    // what it was answered before came to a node that died.
    private const string InterruptedRuns = """
        with interrupted as (
            select run.run_id
            from ops.run as run
            where run.pipeline = @pipeline and run.outcome = 'interrupted' and run.run_id < @runId
                and run.run_id > coalesce((
                    select max(ended.run_id)
                    from ops.run as ended
                    where ended.pipeline = @pipeline and ended.outcome in ('complete', 'partial', 'failed') and ended.run_id < @runId
                ), 0)
            union all
            select @runId
        )
        """;

    private sealed record LastFault(string Request, int? HttpStatus, string FaultCode, string FaultMessage, bool IsOfThisNight);
}
