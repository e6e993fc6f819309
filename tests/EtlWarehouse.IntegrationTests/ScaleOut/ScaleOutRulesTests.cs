namespace EtlWarehouse.IntegrationTests.ScaleOut;

public sealed class ScaleOutRulesTests
{
    private static readonly string SqlFolder = Path.Combine(TestServer.Root, "sql");

    // They ran before anything is distributed: roles, and the partitions of a table that is still empty.
    private static readonly string[] BeforeScaleOut = ["migrations/0001_schemas_and_roles.sql", "migrations/0004_dw.sql"];

    private static readonly ScaleOutRules Rules = new(
        ScaleOutRules.Placement.Read(Path.Combine(SqlFolder, "scale-out", "citus.sql")),
        Files().Where(file => Path.GetFileName(file) is "view.sql" or "function.sql")
            .ToDictionary(file => Path.GetRelativePath(SqlFolder, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.'), File.ReadAllText));

    [Test]
    public void Files_All_ObeyTheRules()
    {
        var files = Files().Where(file => !BeforeScaleOut.Contains(Path.GetRelativePath(SqlFolder, file))).ToList();
        Assert.That(files, Has.Count.GreaterThan(60));
        Assert.That(files.SelectMany(file => Rules.Violations(Path.GetRelativePath(SqlFolder, file), File.ReadAllText(file))), Is.Empty);
    }

    [TestCase("create trigger t before insert on dw.dim_year execute function f()", "trigger")]
    [TestCase("with recursive step as (select 1) select * from step, dw.fact_check", "recursion")]
    [TestCase("select year_key, sum(value) from dw.fact_cell group by rollup (year_key)", "recursion or grouping sets")]
    [TestCase("select year, count(*) from mart.trend group by cube (year)", "recursion or grouping sets")] // the view reads facts
    [TestCase("select year_key from dw.fact_cell group by grouping sets ((year_key), ())", "recursion or grouping sets")]
    [TestCase("select * from dw.fact_cell where year_key = 2024 for update", "row locks")]
    [TestCase("insert into ops.x (a) select 1 on conflict (a) do update set seen_at = now()", "a moving value")]
    [TestCase("merge into dw.fact_cell as f using ops.x as x on x.agency_key = f.agency_key when matched then update set seen_at = current_timestamp", "a moving value")]
    [TestCase("insert into mart.unplaced select * from mart.unplaced", "write through the view mart.unplaced")]
    [TestCase("delete from mart.cell", "write through the view mart.cell")]
    [TestCase("update dw.dim_agency as a set level = d.level from dw.dim_division as d where true", "update of a reference table")]
    [TestCase("merge into dw.dim_year as y using ops.x as x on x.year = y.year_key when matched then delete", "merge into a reference table")]
    [TestCase("insert into dw.fact_cell select 1 on conflict (cell_key, year_key) do nothing", "on conflict without the distribution column")]
    [TestCase("copy dw.dim_year from stdin where year_key > 2000", "copy with where")]
    [TestCase("do $$ begin execute 'create table dw.x (a int)'; execute 'create table dw.y (a int)'; end $$", "definitions in a block")]
    [TestCase("select * from dw.dim_agency as a cross join lateral (select * from dw.dim_document as d where d.agency_key = a.agency_key limit 1) as l", "lateral with limit")]
    [TestCase("select (select max(f.value) from dw.fact_cell as f where f.year_key = y.year_key) from dw.dim_year as y", "correlated subquery")]
    [TestCase("select 1 from dw.dim_year as y where exists (select 1 from dw.fact_cell as f where f.year_key = y.year_key)", "correlated subquery")]
    [TestCase("delete from dw.fact_cell as f where not exists (select 1 from ops.placed_document as p where p.agency_key = f.agency_key)", "not exists between")]
    [TestCase("select 1 from stg.document as d where not exists (select 1 from dw.fact_cell as f where f.agency_key = d.document_key)", "not exists between")]
    public void Violations_ForbiddenStatement_IsNamed(string sql, string expected) =>
        Assert.That(Rules.Violations("x.sql", sql), Has.Some.StartsWith($"x.sql:1: {expected}"));

    [TestCase("with recursive step as (select 1) select * from step, dw.dim_year")]
    [TestCase("insert into dw.fact_cell (agency_key) select 1 on conflict (cell_key, agency_key, year_key) do update set value = excluded.value")]
    [TestCase("select 1 from dw.fact_cell as f where exists (select 1 from dw.fact_check as c where c.agency_key = f.agency_key)")]
    [TestCase("select 1 from ops.pending_document as p where not exists (select 1 from stg.document as d where d.document_key = p.document_key)")]
    [TestCase("select 1 -- create trigger, for update\nfrom dw.fact_cell where 'for update' = 'x'")]
    [TestCase("with part as materialized (select year_key, sum(value) as v from dw.fact_cell group by year_key) select * from part")]
    public void Violations_StatementThatRuns_IsLeftAlone(string sql) => Assert.That(Rules.Violations("x.sql", sql), Is.Empty);

    private static IEnumerable<string> Files() =>
        Directory.EnumerateFiles(SqlFolder, "*.sql", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "schema.sql" && Path.GetFileName(Path.GetDirectoryName(file)) != "scale-out");
}
