using EtlWarehouse.Loading.Transforms;
using EtlWarehouse.Parsing;

namespace EtlWarehouse.IntegrationTests.Loading;

public sealed class TransformRunnerTests
{
    private const int Cells = 200;

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
    public async Task RunAsync_NewReports_LoadsEveryCellOfEachState()
    {
        var result = await warehouse.LoadAsync(Documents.Report(2023, 3), Documents.Report(2024, null), Documents.Refused("empty"));
        Assert.That(
            (result.DocumentsChanged, result.ReportsChanged, result.FactsInserted, result.FactsChanged, result.FactsUnchanged, result.Unplaced),
            Is.EqualTo((3L, 2L, 2L * Cells, 0L, 0L, 0L)));
        Assert.That(
            await warehouse.RowsAsync<(int, string, long, decimal?)>(
                "select year, state::text, count(*), sum(value) from mart.cell group by year, state order by year"),
            Is.EqualTo(new (int, string, long, decimal?)[] { (2023, "reported", Cells, 3m * Cells), (2024, "blank", Cells, null) }));
        Assert.That(await warehouse.ScalarAsync<long>("select count(*) from dw.fact_check"), Is.EqualTo(2 * 42));
    }

    [Test]
    public async Task RunAsync_Again_ChangesNothing()
    {
        await warehouse.LoadAsync(Documents.Report(2023), Documents.Report(2024));
        var before = await warehouse.HashAsync();

        var idle = await warehouse.TransformAsync();
        await warehouse.StageAsync(ReportReader.Version + 1, Documents.Report(2023), Documents.Report(2024));
        var reread = await warehouse.TransformAsync();

        Assert.That((idle.DocumentsChanged, idle.ReportsChanged, idle.FactsInserted), Is.EqualTo((0L, 0L, 0L)));
        Assert.That((reread.DocumentsChanged, reread.ReportsChanged, reread.FactsInserted), Is.EqualTo((2L, 0L, 0L)));
        Assert.That(await warehouse.HashAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task RunAsync_CorrectedReport_ReplacesTheEarlierAndKeepsItsDocument()
    {
        var first = Documents.Report(2024, 1, published: new DateOnly(2025, 1, 20), name: "first");
        await warehouse.LoadAsync(first, Documents.Report(2023));
        var corrected = Documents.Report(2024, 1, published: new DateOnly(2025, 3, 1), name: "corrected");
        var cells = corrected.Result.Report!.Cells.Select((cell, index) => index < 5 ? cell with { Value = 9, Raw = "9" } : cell);
        var result = await warehouse.LoadAsync(corrected.ReadAs(corrected.Result.Report with { Cells = [.. cells] }));

        Assert.That(
            (result.ReportsChanged, result.FactsInserted, result.FactsChanged, result.FactsUnchanged, result.FactsRemoved),
            Is.EqualTo((1L, 0L, 5L, (long)Cells - 5, 0L)));
        Assert.That(
            await warehouse.RowsAsync<(int, bool, string)>("select revision, is_current, url from dw.dim_document where year_key = 2024 order by revision"),
            Is.EqualTo(new[] { (1, false, first.Url), (2, true, corrected.Url) }));
        Assert.That(
            await warehouse.RowsAsync<(string, decimal)>("select report_url, sum(value) from mart.cell where year = 2024 group by report_url"),
            Is.EqualTo(new[] { (corrected.Url, Cells + 40m) }));
    }

    [Test]
    public async Task RunAsync_DocumentReadAsAnotherAgencys_MovesItsFacts()
    {
        var document = Documents.Report(2024);
        await warehouse.LoadAsync(document);
        var report = document.Result.Report!;
        await warehouse.StageAsync(ReportReader.Version + 1, document.ReadAs(report with { Identity = report.Identity with { AgencyBody = "教育局", AgencyKind = "education" } }));
        var result = await warehouse.TransformAsync();

        Assert.That((result.FactsInserted, result.FactsRemoved), Is.EqualTo(((long)Cells, (long)Cells)));
        Assert.That(
            await warehouse.RowsAsync<(string, long)>("select agency_name, count(*) from mart.cell group by agency_name"),
            Is.EqualTo(new[] { ("西工区教育局", (long)Cells) }));
        Assert.That(await warehouse.ScalarAsync<long>("select count(*) from dw.dim_agency"), Is.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_UnplacedReport_IsListedUntilItCanBePlaced()
    {
        var document = Documents.Report(2024, division: null);
        Assert.That((await warehouse.LoadAsync(document)).Unplaced, Is.EqualTo(1));
        Assert.That(
            await warehouse.RowsAsync<(string, string)>("select reason, sha256 from mart.unplaced"),
            Is.EqualTo(new[] { ("division.unknown", document.Sha256) }));

        var report = document.Result.Report!;
        await warehouse.StageAsync(ReportReader.Version + 1, document.ReadAs(report with { Identity = report.Identity with { DivisionCode = "410303" } }));
        var result = await warehouse.TransformAsync();
        Assert.That((result.Unplaced, result.FactsInserted), Is.EqualTo((0L, (long)Cells)));
    }

    [Test]
    public async Task RunAsync_DivisionRegisteredLater_PlacesWhatWaitedForIt()
    {
        await warehouse.LoadAsync(Documents.Report(2024, division: "990121"));
        var withZone = Documents.Reference.With([new("990121", "青禾县", "county", "示例省", "示例市", "青禾县", 2000, null, [])]);
        var result = await new TransformRunner(warehouse.Database.Owner, Path.Combine(TestServer.Root, "sql"), withZone).RunAsync();
        Assert.That((result.Unplaced, result.FactsInserted), Is.EqualTo((0L, (long)Cells)));
        Assert.That(await warehouse.ScalarAsync<string>("select distinct agency_name from mart.cell"), Is.EqualTo("青禾县司法局"));
    }

    [Test]
    public async Task RunAsync_MeaningOfACellKeyChanged_IsRefused()
    {
        await warehouse.TransformAsync();
        var form = Documents.Form with { Cells = [.. Documents.Form.Cells.Select(cell => cell.Position < 3 ? cell with { Position = 3 - cell.Position } : cell)] };
        var runner = new TransformRunner(warehouse.Database.Owner, Path.Combine(TestServer.Root, "sql"), Documents.Reference with { Forms = [form] });
        await Assert.ThatAsync(() => runner.RunAsync(), Throws.TypeOf<FormatException>().With.Message.Contains("2021001"));
    }

    [Test]
    public async Task RunAsync_LabelOfACellChanged_ChangesTheLabelOnly()
    {
        await warehouse.LoadAsync(Documents.Report(2024));
        var form = Documents.Form with { Cells = [.. Documents.Form.Cells.Select(cell => cell.Position == 1 ? cell with { Label = "新名称" } : cell)] };
        await new TransformRunner(warehouse.Database.Owner, Path.Combine(TestServer.Root, "sql"), Documents.Reference with { Forms = [form] }).RunAsync();
        Assert.That(
            await warehouse.ScalarAsync<(string, long)>("select max(cell_label) filter (where cell_code = 'disclosure.regulations/issued'), count(*) from mart.cell"),
            Is.EqualTo(("新名称", (long)Cells)));
    }

    [Test]
    public async Task RunAsync_TwoAtOnce_TakeTurns()
    {
        await warehouse.StageAsync(Documents.Report(2023), Documents.Report(2024));
        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => warehouse.TransformAsync())));
        Assert.That(results.Select(result => result.FactsInserted).Order(), Is.EqualTo(new[] { 0L, 0L, 2L * Cells }));
    }

    [Test]
    public async Task RunAsync_MinimalReading_IsLoadedWithoutChecksOrProse()
    {
        var document = Documents.Report(2024);
        await warehouse.LoadAsync(document.ReadAs(document.Result.Report! with { Checks = [], Narrative = [], Sections = [] }));
        Assert.That(await warehouse.ScalarAsync<(long, long)>("select (select count(*) from dw.fact_cell), (select count(*) from dw.fact_check)"), Is.EqualTo(((long)Cells, 0L)));
    }

    [Test]
    public async Task RunAsync_ReadingThatLacksACell_IsTakenBack()
    {
        var document = Documents.Report(2024);
        await warehouse.StageAsync(document.ReadAs(document.Result.Report! with { Cells = [.. document.Result.Report.Cells.Skip(1)] }));
        await Assert.ThatAsync(
            () => warehouse.TransformAsync(), Throws.TypeOf<TransformException>().With.Message.Contains("one fact for each regular cell of its form"));
        Assert.That(await warehouse.ScalarAsync<long>("select count(*) from dw.dim_document"), Is.Zero);
    }

    [Test]
    public async Task RunAsync_ReportWithManyFailedChecks_Warns()
    {
        var document = Documents.Report(2024);
        var failed = document.Result.Report!.Checks.Select((check, index) => index < 20 ? check with { Status = CheckStatus.Fail, Right = 7 } : check);
        var result = await warehouse.LoadAsync(document.ReadAs(document.Result.Report with { Checks = [.. failed] }));
        Assert.That(result.Warnings, Has.Exactly(1).Items.And.Some.Contains("西工区司法局"));
        Assert.That(await warehouse.ScalarAsync<long>("select failed from mart.reconciliation"), Is.EqualTo(20));
    }

    [Test]
    public async Task Marts_AsAnalyst_AreReadableWithoutStaging()
    {
        await warehouse.LoadAsync(Documents.Report(2024));
        await using var locator = warehouse.Database.Analyst.CreateCommand("select locator from mart.cell order by cell_code limit 1");
        Assert.That(await locator.ExecuteScalarAsync(), Does.StartWith("table[1]/r"));
        await using var staged = warehouse.Database.Analyst.CreateCommand("select count(*) from stg.document");
        await Assert.ThatAsync(() => staged.ExecuteScalarAsync(), Throws.TypeOf<Npgsql.PostgresException>().With.Message.Contains("permission denied"));
    }
}
