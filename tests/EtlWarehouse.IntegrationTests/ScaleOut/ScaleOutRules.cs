using System.Text.RegularExpressions;
using EtlWarehouse.Loading.Migrations;

namespace EtlWarehouse.IntegrationTests.ScaleOut;

/// <summary>
/// What SQL must not do so that it runs on Citus unchanged. Reads texts, not plans: it errs on the side of refusing, and does not see what a
/// function does. Keys and foreign keys are looked up in the catalog instead (<see cref="CitusFileTests"/>).
/// </summary>
internal sealed partial class ScaleOutRules
{
    /// <summary>Which tables <c>sql/scale-out/citus.sql</c> places where.</summary>
    internal sealed record Placement(IReadOnlySet<string> Distributed, IReadOnlySet<string> Reference, IReadOnlySet<string> Local)
    {
        public static Placement Read(string file)
        {
            var text = File.ReadAllText(file);
            return new Placement(
                Calls(text, "create_distributed_table"), Calls(text, "create_reference_table"),
                ObjectName().Matches(Regex.Match(text, "^-- local: +(.+)$", RegexOptions.Multiline).Groups[1].Value).Select(match => match.Value).ToHashSet());
        }

        private static HashSet<string> Calls(string text, string function) =>
            Regex.Matches(text, $@"^select {function}\('([a-z_.]+)'", RegexOptions.Multiline).Select(match => match.Groups[1].Value).ToHashSet();
    }

    [GeneratedRegex(@"\b(?:stg|ops|dw|mart)\.[a-z_][a-z0-9_]*\b")]
    private static partial Regex ObjectName();

    // Comments and literals: what stands there is no SQL, but for the bodies of functions and blocks, which dollars quote.
    [GeneratedRegex(@"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'", RegexOptions.Singleline)]
    private static partial Regex Unread();

    [GeneratedRegex(@"\bcreate\s+(?:or\s+replace\s+)?(?:constraint\s+)?trigger\b")]
    private static partial Regex Trigger();

    [GeneratedRegex(@"\b(?:with\s+recursive|rollup\s*\(|cube\s*\(|grouping\s+sets\s*\()")]
    private static partial Regex Recursion();

    [GeneratedRegex(@"\bfor\s+(?:no\s+key\s+update|update|key\s+share|share)\b")]
    private static partial Regex RowLock();

    [GeneratedRegex(@"\bon\s+conflict\b|\bmerge\s+into\b")]
    private static partial Regex Upsert();

    [GeneratedRegex(@"\b(?:now|clock_timestamp|statement_timestamp|random|gen_random_uuid)\s*\(|\bcurrent_(?:timestamp|date|time)\b|\blocaltimestamp\b")]
    private static partial Regex Volatile();

    [GeneratedRegex(@"\b(?:insert\s+into|update|delete\s+from|merge\s+into)\s+(?:only\s+)?(?<target>(?:stg|ops|dw|mart)\.[a-z_0-9]+)")]
    private static partial Regex Write();

    [GeneratedRegex(@"\bupdate\s+(?<target>(?:dw|mart)\.[a-z_0-9]+)\b(?:(?!\bwhere\b).)*\bfrom\b", RegexOptions.Singleline)]
    private static partial Regex UpdateFrom();

    [GeneratedRegex(@"\bmerge\s+into\s+(?<target>(?:dw|mart)\.[a-z_0-9]+)")]
    private static partial Regex Merge();

    [GeneratedRegex(@"\binsert\s+into\s+(?<target>(?:dw|mart)\.[a-z_0-9]+)\b.*\bon\s+conflict\s*(?<columns>\([^)]*\))?", RegexOptions.Singleline)]
    private static partial Regex Conflict();

    [GeneratedRegex(@"\bcopy\b[^;]*\bfrom\b[^;]*\bwhere\b", RegexOptions.Singleline)]
    private static partial Regex CopyWhere();

    [GeneratedRegex(@"\bdo\s+\$.*\b(?:create|alter|drop)\s+(?:table|index|view|function|type|schema|sequence)\b", RegexOptions.Singleline)]
    private static partial Regex DefinitionsInBlock();

    [GeneratedRegex(@"(?<before>[a-z_=<>+\-]+|[,(])\s*\(\s*select\b", RegexOptions.Singleline)]
    private static partial Regex Subquery();

    // What a subquery follows that stands on its own or joins by itself.
    private static readonly string[] NotCorrelated = ["as", "materialized", "from", "join", "lateral", "in", "all", "any", "union", "except", "intersect", "array"];

    private readonly Placement placement;
    private readonly IReadOnlySet<string> views;
    private readonly HashSet<string> readsDistributed;

    /// <param name="views">The texts of all views and functions by name.</param>
    public ScaleOutRules(Placement placement, IReadOnlyDictionary<string, string> views)
    {
        this.placement = placement;
        this.views = views.Keys.ToHashSet();
        readsDistributed = [.. placement.Distributed];
        while (views.Where(view => !readsDistributed.Contains(view.Key) && Names(Plain(view.Value)).Any(readsDistributed.Contains)).Select(view => view.Key).FirstOrDefault() is { } next)
            readsDistributed.Add(next);
    }

    /// <summary>Names the rules that a file breaks, each with the start of the statement.</summary>
    public IEnumerable<string> Violations(string file, string text)
    {
        foreach (var statement in SqlStatement.Split(text))
        {
            var sql = Plain(statement.Text);
            var rules = Broken(sql);
            // A block builds its statements from literals.
            if (DefinitionsInBlock().IsMatch(statement.Text))
                rules = rules.Append("definitions in a block: one statement each");
            foreach (var rule in rules)
                yield return $"{file}:{SqlStatement.PlaceOf(text, statement.Offset).Line}: {rule}";
        }
    }

    private IEnumerable<string> Broken(string sql)
    {
        var names = Names(sql).ToHashSet();
        var isDistributed = names.Overlaps(readsDistributed);
        if (Trigger().IsMatch(sql))
            yield return "trigger";
        if (isDistributed && Recursion().IsMatch(sql))
            yield return "recursion or grouping sets over a distributed table: aggregate in a materialized part first";
        if (isDistributed && RowLock().IsMatch(sql))
            yield return "row locks on a distributed table";
        if (Upsert().IsMatch(sql) && Volatile().IsMatch(sql))
            yield return "a moving value in on conflict or merge: pass it in";
        foreach (var target in Write().Matches(sql).Select(match => match.Groups["target"].Value).Where(views.Contains).Distinct())
            yield return $"write through the view {target}";
        if (UpdateFrom().Match(sql) is { Success: true } update && placement.Reference.Contains(update.Groups["target"].Value))
            yield return "update of a reference table from another table";
        if (Merge().Match(sql) is { Success: true } merge && placement.Reference.Contains(merge.Groups["target"].Value))
            yield return "merge into a reference table";
        if (Conflict().Match(sql) is { Success: true } conflict && placement.Distributed.Contains(conflict.Groups["target"].Value) && !conflict.Groups["columns"].Value.Contains("agency_key", StringComparison.Ordinal))
            yield return "on conflict without the distribution column";
        if (CopyWhere().IsMatch(sql))
            yield return "copy with where";
        foreach (var (before, body) in Subqueries(sql))
        {
            if (before == "lateral" && Regex.IsMatch(body, @"\blimit\b"))
                yield return "lateral with limit: number the rows instead";
            if (!NotCorrelated.Contains(before) && Names(body).Any(readsDistributed.Contains) && !body.Contains("agency_key", StringComparison.Ordinal) && !body.Contains("agency_code", StringComparison.Ordinal))
                yield return "correlated subquery off the distribution column";
            // What is local has to be compared with what is distributed by a join.
            if (before == "exists" && Regex.IsMatch(sql, @"\bnot\s+exists\b") && IsMixed(body, sql.Replace(body, string.Empty, StringComparison.Ordinal)))
                yield return "not exists between a distributed and a local table: left join instead";
        }
    }

    private bool IsMixed(string inner, string outer) =>
        (ReadsDistributed(inner) && ReadsLocal(outer)) || (ReadsLocal(inner) && ReadsDistributed(outer));

    private bool ReadsDistributed(string sql) => Names(sql).Any(readsDistributed.Contains);

    private bool ReadsLocal(string sql) => Names(sql).Any(name => name.StartsWith("ops.", StringComparison.Ordinal) || name.StartsWith("stg.", StringComparison.Ordinal) || placement.Local.Contains(name));

    /// <summary>Each subquery in parentheses, with the word before it.</summary>
    private static IEnumerable<(string Before, string Body)> Subqueries(string sql)
    {
        foreach (Match match in Subquery().Matches(sql))
        {
            var open = sql.IndexOf('(', match.Groups["before"].Index + match.Groups["before"].Length);
            var depth = 0;
            var end = open;
            do
                depth += sql[end] switch { '(' => 1, ')' => -1, _ => 0 };
            while (depth > 0 && ++end < sql.Length);
            yield return (match.Groups["before"].Value, sql[open..Math.Min(end + 1, sql.Length)]);
        }
    }

    private static string Plain(string sql) => Unread().Replace(sql, "''");

    private static IEnumerable<string> Names(string sql) => ObjectName().Matches(sql).Select(match => match.Value);
}
