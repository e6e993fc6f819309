using EtlWarehouse.App.Catalog.Lineage;
using EtlWarehouse.App.Commands;
using EtlWarehouse.IntegrationTests.Databases;

namespace EtlWarehouse.IntegrationTests.Catalog;

public sealed class LineageTests
{
    private static readonly string SqlFolder = Path.Combine(TestServer.Root, "sql");

    // What a view's text itself says: definitions, names of relations, bounds. Nothing of it is read from anywhere.
    private static readonly string[] Constants =
    [
        "mart.change_point.alpha", "mart.county_comparison.minimum_n", "mart.parent_comparison.relation", "mart.prose_similarity.compared_with",
        "mart.rate.definition", "mart.rate.exclusions", "mart.rate.minimum_n", "mart.rate.rate_code", "mart.rate.rate_label",
        "mart.division_rate.definition", "mart.division_rate.exclusions", "mart.division_rate.minimum_n", "mart.division_rate.rate_code",
        "mart.division_rate.rate_label", "mart.rate_definition.concept_codes", "mart.rate_definition.definition", "mart.rate_definition.exclusions",
        "mart.rate_definition.minimum_n", "mart.rate_definition.rate_code", "mart.rate_definition.rate_label", "mart.revision.kind",
        "mart.year_on_year.alpha",
    ];

    private TestDatabase? database;
    private LineageGraph graph = null!;

    [OneTimeSetUp]
    public async Task Create()
    {
        database = await TestDatabase.CreateAsync();
        graph = await ReadAsync();
    }

    [OneTimeTearDown]
    public async Task Drop()
    {
        if (database is not null)
            await database.DisposeAsync();
    }

    [Test]
    public void TablesBelow_EveryColumnOfEveryMart_EndsInTheWarehouse()
    {
        var columns = graph.Relations.Where(relation => relation.StartsWith("mart.", StringComparison.Ordinal))
            .SelectMany(relation => graph.ColumnsOf(relation).Select(column => new NamedColumn(relation, column)))
            .ToList();

        var below = columns.ToDictionary(column => column, graph.TablesBelow);

        Assert.That(columns, Has.Count.GreaterThan(400));
        Assert.That(below.Where(each => each.Value.Count == 0).Select(each => each.Key.ToString()), Is.EquivalentTo(Constants));
        // Prose, its place and its sketches stand in staging alone, and so do the cells of revisions that are no more current.
        Assert.That(
            below.Where(each => each.Value.Count > 0 && !each.Value.Any(table => table.Relation.StartsWith("dw.", StringComparison.Ordinal))).Select(each => each.Key.ToString()),
            Is.EquivalentTo(new[]
            {
                "mart.narrative.locator", "mart.narrative.text", "mart.prose_similarity.section_code", "mart.prose_similarity.section_title",
                "mart.prose_similarity.shared_pct", "mart.prose_similarity.is_duplicate", "mart.prose_similarity.shingles",
                "mart.revision.cell_code", "mart.revision.before_state", "mart.revision.before_value", "mart.revision.after_state",
                "mart.revision.after_value", "mart.revision.difference", "mart.revision.before_locator", "mart.revision.after_locator",
            }));
    }

    // By hand from the views' texts.
    [TestCase("mart.cell.value", "dw.fact_cell.value")]
    [TestCase("mart.cell.cell_label", "dw.dim_cell.label_zh")]
    [TestCase("mart.carry_over.difference", "dw.fact_cell.value")]
    [TestCase("mart.coverage.state", "dw.dim_agency.agency_kind, dw.dim_document.document_key, dw.dim_document.published_on, dw.dim_year.department_deadline_date, dw.dim_year.government_deadline_date")]
    [TestCase("mart.coverage.form", "dw.dim_document.form")]
    [TestCase("mart.trend.unit", "dw.dim_concept.unit")]
    [TestCase("mart.reconciliation.failed", "dw.fact_check.*, dw.fact_check.status, dw.dim_check.*")]
    [TestCase("mart.narrative.agrees", "dw.fact_narrative.agrees")]
    [TestCase("mart.division_coverage.n_late", "dw.dim_agency.*, dw.dim_agency.agency_kind, dw.dim_division.*, dw.dim_document.*, dw.dim_document.document_key, dw.dim_document.published_on, dw.dim_year.*, dw.dim_year.department_deadline_date, dw.dim_year.government_deadline_date, dw.expected_agency.*")]
    public void TablesBelow_KnownColumn_AreThoseOfItsExpression(string column, string expected)
    {
        var parts = column.Split('.');
        Assert.That(
            graph.TablesBelow(new NamedColumn($"{parts[0]}.{parts[1]}", parts[2])).Select(each => each.ToString()),
            Is.EquivalentTo(expected.Split(", ")));
    }

    [Test]
    public void TablesBelow_StoredSummary_ReachesTheFactsThatItIsComparedWith() =>
        Assert.That(
            graph.TablesBelow(new NamedColumn("mart.agency_year", "requests_denied")).Select(each => each.Relation),
            Is.SupersetOf(new[] { "stg.report_reading", "dw.bridge_concept_cell", "dw.fact_cell" }));

    [TestCase("a", "t.a")]
    [TestCase("chosen", "t.a t.b t.c")]
    [TestCase("united", "t.a u.x")]
    [TestCase("shared", "t.c")]
    [TestCase("rows", "t.* t.a u.* u.x")]
    [TestCase("place", "t.* t.b t.c u.*")]
    [TestCase("steps", "u.x u.y")]
    [TestCase("found", "t.a u.x u.y")]
    [TestCase("given", "t.b")]
    [TestCase("fixed", "")]
    public async Task SourcesOf_ViewOfEveryKindOfClause_AreTheColumnsOfItsTables(string column, string expected)
    {
        await using (var create = database!.Owner.CreateCommand("""
            create table if not exists mart.t (a int, gone int, b int, c text);
            alter table mart.t drop column if exists gone;
            create table if not exists mart.u (x int, y int, c text);
            create or replace view mart.every_clause as
            with recursive step (x, steps) as (
                select u.x, array[u.y] from mart.u as u
                union all
                select u.x, step.steps || u.x from step inner join mart.u as u on u.x = step.x + 1
            ),
            ranged as (
                select t.a, t.b, t.c, row_number() over (partition by t.c order by t.b) as place, other.x
                from mart.t as t cross join mart.u as other
            )
            select
                ranged.a,
                case when ranged.a = 1 then ranged.b when ranged.c = ')' then 7 end as chosen,
                (select united.a from (select t.a from mart.t as t union all select u.x from mart.u as u) as united limit 1) as united,
                joined.c as shared,
                (select count(*) from mart.t as t inner join mart.u as u on t.a = u.x) as rows,
                ranged.place,
                step.steps,
                exists (select 1 from mart.u as u where u.y = ranged.a and u.x = 3) as found,
                pair.given,
                '} :fixed (' as fixed
            from ranged
            inner join step on step.x = ranged.x
            inner join (mart.t as t inner join mart.u as v using (c)) as joined on joined.b = ranged.b
            cross join lateral (values (ranged.b)) as pair (given)
            """))
        {
            await create.ExecuteNonQueryAsync();
        }

        var read = await ReadAsync();
        Assert.That(
            read.SourcesOf(new NamedColumn("mart.every_clause", column)).Select(each => each.ToString().Replace("mart.", string.Empty, StringComparison.Ordinal)),
            Is.EquivalentTo(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Test]
    public void Tree_OfAColumn_EndsAtTheArchive()
    {
        var tree = LineageTree.Print(graph, LineageCommand.Columns(graph, "carry_over.difference"));
        Assert.That(tree, Does.StartWith("mart.carry_over.difference\n└─ dw.fact_cell.value\n")
            .And.Contain("\ndw.fact_cell <- stg.report_reading, stg.reading_layout, ops.changed_report, dw.dim_cell")
            .And.Contain("\nstg.report_reading <- 归档文件"));
    }

    [TestCase("mart.nothing", "marts: mart.additive_cell, ")]
    [TestCase("mart.cell.nothing", "columns: agency_name, ")]
    [TestCase("mart.cell.value.more", "expected SCHEMA.NAME or SCHEMA.NAME.COLUMN")]
    public void Columns_UnknownName_SaysWhichThereAre(string name, string expected) =>
        Assert.That(() => LineageCommand.Columns(graph, name), Throws.ArgumentException.With.Message.StartsWith($"{name}: ").And.Message.Contains(expected));

    private async Task<LineageGraph> ReadAsync()
    {
        await using var connection = await database!.Owner.OpenConnectionAsync();
        return await LineageGraph.ReadAsync(connection, SqlFolder, default);
    }
}
