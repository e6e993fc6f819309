namespace EtlWarehouse.App.Pipelines;

/// <summary>The keys that each mapping of a pipeline's file may have, as the reader takes them and <c>pipelines/schema.json</c> describes them.</summary>
internal static class PipelineKeys
{
    public static IReadOnlyList<string> Pipeline { get; } =
        ["name", "title", "schedule", "time_zone", "contact", "politeness", "window", "revisit", "tls_unverified", "serve", "allow_loopback", "divisions", "sites"];

    public static IReadOnlyList<string> Politeness { get; } = ["delay", "per_host", "per_second", "at_once"];

    public static IReadOnlyList<string> Window { get; } = ["from", "to"];

    public static IReadOnlyList<string> Division { get; } =
        ["code", "name", "level", "province", "prefecture", "county", "from", "to", "successors"];

    public static IReadOnlyList<string> Site { get; } =
        ["code", "title", "division", "agency", "kind", "family", "start", "expect", "agencies"];

    public static IReadOnlyList<string> Expect { get; } = ["reports", "years"];
}
