namespace EtlWarehouse.App.Jobs;

/// <summary>One piece of a night: the crawl of a site, or the transform behind all crawls.</summary>
/// <param name="SiteCode">Empty for the transform.</param>
public sealed record NightTask(long NightId, string Kind, string SiteCode)
{
    public const string Crawl = "crawl";
    public const string Transform = "transform";

    public override string ToString() => SiteCode.Length > 0 ? $"{NightId}/{Kind}/{SiteCode}" : $"{NightId}/{Kind}";
}

/// <summary>A task that this node holds.</summary>
/// <param name="Attempt">Number of the attempt. Only its holder may finish the task, so that a node that was taken for dead changes nothing when it comes back.</param>
/// <param name="Failures">Attempts before this one that ended in a fault; those whose node died are none.</param>
/// <param name="RunId">The night's run.</param>
public sealed record ClaimedTask(NightTask Task, int Attempt, int Failures, string Pipeline, long RunId);
