using EtlWarehouse.Loading.Dimensions;
using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.IntegrationTests.Loading;

public sealed class DimensionLoaderTests
{
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
    public async Task LoadAsync_Registers_FillsDimensionsOnce()
    {
        var first = await LoadAsync();
        Assert.That(
            (first.Divisions, first.AgencyKinds, first.Years, first.Cells, first.Checks, first.ConceptsReplaced),
            Is.EqualTo((Documents.Reference.Divisions.Count, Documents.Reference.AgencyKinds.Count, 33,
                Documents.Reference.Forms.Sum(form => form.Cells.Count + form.OptionalCells.Count), Documents.Reference.Forms.Sum(form => form.Checks.Count + form.OptionalChecks.Count), true)));
        Assert.That(await LoadAsync(), Is.EqualTo(new DimensionResult(0, 0, 0, 0, 0, false)));
    }

    [TestCase("410381", 2020, "偃师市")]   // until 2021
    [TestCase("410307", 2021, "偃师区")]   // from 2021
    [TestCase("410307", 2020, null)]
    public async Task LoadAsync_Division_IsInForceAtTheEndOfItsYears(string code, int year, string? name)
    {
        await LoadAsync();
        Assert.That(
            await warehouse.ScalarAsync<string?>($"select max(name) from dw.dim_division where division_code = '{code}' and valid_from <= '{year}-12-31' and valid_to > '{year}-12-31'"),
            Is.EqualTo(name));
    }

    [TestCase(2017, "2018-03-31", "2018-03-31")]
    [TestCase(2018, "2019-03-31", "2019-03-31")]   // the revised law came into force in May 2019
    [TestCase(2019, "2020-01-31", "2020-03-31")]
    [TestCase(2024, "2025-01-31", "2025-03-31")]
    public async Task LoadAsync_Year_HasItsDeadlines(int year, string department, string government)
    {
        await LoadAsync();
        Assert.That(
            await warehouse.ScalarAsync<(string, string)>($"select department_deadline_date::text, government_deadline_date::text from dw.dim_year where year_key = {year}"),
            Is.EqualTo((department, government)));
    }

    [Test]
    public async Task LoadAsync_ConceptsInAnotherOrder_AreNumberedAnew()
    {
        await LoadAsync();
        var reversed = Documents.Reference with { Concepts = [.. Documents.Reference.Concepts.Reverse()] };
        var result = await LoadAsync(reversed);
        Assert.That((result.ConceptsReplaced, result.Cells), Is.EqualTo((true, 0)));
        Assert.That(
            await warehouse.ScalarAsync<string>("select concept_code from dw.dim_concept where concept_key = 1"), Is.EqualTo(reversed.Concepts[0].Code));
    }

    private async Task<DimensionResult> LoadAsync(ReferenceData? reference = null)
    {
        await using var connection = await warehouse.Database.Owner.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var result = await DimensionLoader.LoadAsync(connection, reference ?? Documents.Reference);
        await transaction.CommitAsync();
        return result;
    }
}
