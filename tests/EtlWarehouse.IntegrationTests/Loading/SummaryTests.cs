using EtlWarehouse.Loading;
using EtlWarehouse.Parsing;

namespace EtlWarehouse.IntegrationTests.Loading;

/// <summary>The summaries that the transform keeps say at any moment what summing the facts anew would say.</summary>
public sealed class SummaryTests
{
    // Sums of one county's departments, its prefecture and its province by kind, from the facts alone.
    private const string Differences = """
        with fact as (
            select
                fact.year_key, agency.level as agency_level, coalesce(agency.agency_kind, 'unclassified') as peers, division.division_code as code,
                fact.cell_key, fact.value
            from dw.fact_cell as fact
            inner join dw.dim_agency as agency using (agency_key)
            inner join dw.dim_division as division using (division_key)
        ),
        member as (
            select code, agency_level, case when peers = 'people_government' or agency_level <> 'county' then peers else 'departments' end as peers, year_key, cell_key, value from fact
            union all
            select left(code, 4) || '00', agency_level, peers, year_key, cell_key, value from fact where right(code, 2) <> '00'
            union all
            select left(code, 2) || '0000', agency_level, peers, year_key, cell_key, value from fact where right(code, 4) <> '0000'
        ),
        expected as (
            select year_key, code, agency_level, peers, cell.form, cell.cell_code, count(*) as n_reports, count(value) as n_reported,
                count(*) filter (where value <> 0) as n_nonzero, sum(value) as value_sum
            from member
            inner join dw.dim_cell as cell using (cell_key)
            group by year_key, code, agency_level, peers, cell.form, cell.cell_code
        ),
        found as (
            select year, division_code, agency_level, agency_kind, form, cell_code, n_reports, n_reported, n_nonzero, value_sum
            from mart.division_cell
            where n_reports > 0
        )
        select (select count(*) from (table expected except table found) as lost)
            + (select count(*) from (table found except table expected) as surplus)
            + case when (select count(*) from expected) = 0 then 1000000 else 0 end
        """;

    private Warehouse warehouse = null!;

    [SetUp]
    public async Task Create() => warehouse = await Warehouse.CreateAsync();

    [TearDown]
    public async Task Drop()
    {
        if (warehouse is not null)
            await warehouse.DisposeAsync();
    }

    [Test]
    public async Task RunAsync_NewCorrectedMovedAndUnreadableReports_KeepsSummariesEqualToTheFacts()
    {
        var moved = Documents.Report(2024, 7, body: "教育局", kind: "education");
        await warehouse.LoadAsync(
            Documents.Report(2023, 3), Documents.Report(2024, 1.25m), Documents.Report(2024, 5, division: "410307"), moved,
            Documents.Report(2024, null, division: "410307", body: "财政局", kind: "finance"),
            Documents.Report(2024, 40, division: "410303", body: "人民政府", kind: "people_government"),
            Documents.Report(2024, 9, division: "410300"));
        Assert.That(await warehouse.ScalarAsync<long>(Differences), Is.Zero, "first load");

        await warehouse.LoadAsync(
            Documents.Report(2024, 2, published: new DateOnly(2025, 6, 1), name: "corrected"), Documents.Report(2022, 1), Documents.Report(2024, 11, division: "410306"));
        Assert.That(await warehouse.ScalarAsync<long>(Differences), Is.Zero, "a correction, a late year and a new county");

        var identity = moved.Result.Report!.Identity;
        await warehouse.StageAsync(
            ReportReader.Version + 1, moved.ReadAs(moved.Result.Report with { Identity = identity with { DivisionCode = "410307", AgencyKind = null, AgencyBody = "博物馆" } }));
        await warehouse.TransformAsync();
        Assert.That(await warehouse.ScalarAsync<long>(Differences), Is.Zero, "a report that moves to another agency, division and kind");

        var refused = Documents.Report(2024, 5, division: "410307");
        await warehouse.StageAsync(ReportReader.Version + 1, refused with { Result = refused.Result with { Report = null, Refusal = new Refusal("report.not_found", "expected a report, found none") } });
        await warehouse.TransformAsync();
        Assert.That(await warehouse.ScalarAsync<long>(Differences), Is.Zero, "a report that is read as none any more");
        Assert.That(await warehouse.ScalarAsync<long>("select count(*) from mart.agency_measure"), Is.EqualTo(await warehouse.ScalarAsync<long>("select count(*) from dw.dim_document where is_current")));
    }

    [Test]
    public async Task RunAsync_SameReportsInAnotherOrder_GivesTheSameSummaries()
    {
        var reports = new[]
        {
            Documents.Report(2023, 1.50m), Documents.Report(2024, 1, name: "first"), Documents.Report(2024, 0.5m, published: new DateOnly(2025, 6, 1), name: "corrected"),
            Documents.Report(2024, 2.50m, division: "410307"),
        };
        foreach (var report in reports)
            await warehouse.LoadAsync(report);
        var oneByOne = await HashAsync(warehouse);

        await using var other = await Warehouse.CreateAsync();
        await other.LoadAsync([.. reports.Reverse()]);
        Assert.That(oneByOne.Sum(table => table.Rows), Is.GreaterThan(0));
        Assert.That(await HashAsync(other), Is.EqualTo(oneByOne));
    }

    [Test]
    public async Task RunAsync_ConceptsChanged_MakesTheMeasuresAnew()
    {
        await warehouse.LoadAsync(Documents.Report(2024, 3));
        Assert.That(await warehouse.ScalarAsync<decimal?>("select requests_received from mart.agency_year"), Is.EqualTo(3));

        var received = Documents.Reference.Concepts.Single(concept => concept.Code == "requests.received");
        var twoCells = received with { Cells = new Dictionary<string, EtlWarehouse.Parsing.Registers.ConceptCells> { ["2021"] = new(true, ["requests.new/total", "requests.carried_over/total"]) } };
        var reference = Documents.Reference with { Concepts = [.. Documents.Reference.Concepts.Select(concept => concept == received ? twoCells : concept)] };
        await new EtlWarehouse.Loading.Transforms.TransformRunner(warehouse.Database.Owner, Path.Combine(TestServer.Root, "sql"), reference).RunAsync();
        Assert.That(await warehouse.ScalarAsync<decimal?>("select requests_received from mart.agency_year"), Is.EqualTo(6));
        Assert.That(await warehouse.ScalarAsync<long>(Differences), Is.Zero);
    }

    [Test]
    public async Task RunAsync_SummaryThatWentWrong_IsRefused()
    {
        await warehouse.LoadAsync(Documents.Report(2024, 3), Documents.Report(2024, 3, division: "410307"));
        await warehouse.ExecuteAsync("update mart.division_total set value_sum = array_fill(1::numeric, array[cardinality(value_sum)])");
        await warehouse.StageAsync(Documents.Report(2024, 8, published: new DateOnly(2025, 6, 1), name: "corrected"));
        await Assert.ThatAsync(
            () => warehouse.TransformAsync(), Throws.TypeOf<EtlWarehouse.Loading.Transforms.TransformException>().With.Message.Contains("are what their facts give"));
    }

    [Test]
    public async Task AdditiveCells_OfEachForm_SumToTheirTotalsAndNothingElse()
    {
        await warehouse.TransformAsync();
        var groups = await warehouse.RowsAsync<(string, string, long)>("""
            select form, additive_group, count(*) filter (where not is_total) from dw.dim_cell
            where not is_optional group by form, additive_group having count(*) > 1 order by form, additive_group collate "C"
            """);
        Assert.That(groups, Is.EqualTo(new (string, string, long)[]
        {
            ("2014", "capacity.staff.total/value", 2),
            ("2014", "litigation.total/value", 3),
            ("2014", "requests.answered.total/value", 13), // with the six reasons of denial in place of their sum
            ("2014", "requests.closed.total/value", 2),
            ("2014", "requests.received.total/value", 4),
            ("2014", "review.total/value", 3),
            ("2019", "litigation.after_review/total", 4),
            ("2019", "litigation.direct/total", 4),
            ("2019", "requests.carried_forward/total", 6),
            ("2019", "requests.carried_over/total", 6),
            ("2019", "requests.new/total", 6),
            ("2019", "requests.result.total/total", 19 * 6),
            ("2019", "review/total", 4),
            ("2021", "litigation.after_review/total", 4),
            ("2021", "litigation.direct/total", 4),
            ("2021", "requests.carried_forward/total", 6),
            ("2021", "requests.carried_over/total", 6),
            ("2021", "requests.new/total", 6),
            ("2021", "requests.result.total/total", 21 * 6),
            ("2021", "review/total", 4),
        }));
    }

    private static Task<IReadOnlyList<TableHash>> HashAsync(Warehouse warehouse) => WarehouseHash.OfSchemasAsync(warehouse.Database.Owner, ["dw", "mart"]);
}
