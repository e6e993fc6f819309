using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.Crawling.Pipelines;

/// <summary>Which sites are visited, when, how politely, and what is expected of them.</summary>
/// <param name="Name">Short and stable, e.g. <c>luoyang-justice</c>; state and captures carry it.</param>
/// <param name="Schedule">Cron expression in <paramref name="TimeZone"/>; null when it is only started by hand.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Contact">Whom a site's owner can ask; stands in the User-Agent.</param>
/// <param name="AllowLoopback">Whether loopback and private addresses may be fetched; link-local ones never are.</param>
/// <param name="Serve">Folder of sample sites which the program itself serves; null for real sites.</param>
/// <param name="Divisions">Divisions of the pipeline's own, beside the official register.</param>
public sealed record CrawlPipeline(
    string Name,
    string Title,
    string? Schedule,
    string TimeZone,
    string Contact,
    Politeness Politeness,
    bool AllowLoopback,
    string? Serve,
    IReadOnlyList<Division> Divisions,
    IReadOnlyList<SiteDefinition> Sites)
{
    /// <summary>When hosts may be asked; null for always.</summary>
    public CrawlWindow? Window { get; init; }

    /// <summary>Hosts whose certificate need not be in order; each fetch records that it was not.</summary>
    public IReadOnlyList<string> TlsUnverified { get; init; } = [];

    /// <summary>How often reports that were fetched are asked for again. Lists always are.</summary>
    public Revisit Revisit { get; init; }

    /// <summary>The zone of <see cref="TimeZone"/>.</summary>
    internal TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
}

/// <summary>How often reports that were fetched are asked for again.</summary>
public enum Revisit
{
    /// <summary>Often in the months in which the law has reports published, rarely later, see <see cref="RevisitPolicy"/>.</summary>
    Law,

    /// <summary>By every run.</summary>
    Always,
}

/// <summary>How gently one host is treated.</summary>
/// <param name="Delay">Least time between the starts of two requests; robots.txt can lengthen it, never shorten it.</param>
/// <param name="PerHost">Most requests under way at once.</param>
public sealed record Politeness(TimeSpan Delay, int PerHost)
{
    /// <value>5 seconds, 1 request.</value>
    public static Politeness Default { get; } = new(TimeSpan.FromSeconds(5), 1);

    /// <summary>Most requests a second over all hosts.</summary>
    /// <value>50.</value>
    public int PerSecond { get; init; } = 50;

    /// <summary>Most requests under way over all hosts.</summary>
    /// <value>32.</value>
    public int AtOnce { get; init; } = 32;
}

/// <summary>One site, or one column of a site, and what is known of it beforehand.</summary>
/// <param name="Code">Short and stable within the pipeline.</param>
/// <param name="DivisionCode">Six digits: the division whose site it is.</param>
/// <param name="Agency">Full name, where the site has only one agency.</param>
/// <param name="Kind">The agency's kind, where the site has only one.</param>
/// <param name="Family">Code of a list family, see <see cref="Discovery.ListFamilies"/>; null to recognise it.</param>
/// <param name="Start">Addresses of the lists to begin with.</param>
public sealed record SiteDefinition(
    string Code,
    string Title,
    string? DivisionCode,
    string? Agency,
    string? Kind,
    string? Family,
    IReadOnlyList<Uri> Start,
    SiteExpectation Expect);

/// <summary>What a visit must find to count as complete.</summary>
/// <param name="Reports">Least number of listed reports; null when unknown.</param>
/// <param name="FirstYear">From here to <paramref name="LastYear"/> each reporting year must be listed; null when unknown.</param>
/// <param name="LastYear">Null with a first year: up to the last year whose reports are due.</param>
public sealed record SiteExpectation(int? Reports, int? FirstYear, int? LastYear)
{
    public static SiteExpectation None { get; } = new(null, null, null);
}
