using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.IntegrationTests.Loading;

/// <summary>The register of divisions, as the warehouse answers from it.</summary>
public sealed class DivisionHistoryTests
{
    private Warehouse warehouse = null!;

    [OneTimeSetUp]
    public async Task Create()
    {
        warehouse = await Warehouse.CreateAsync();
        await warehouse.TransformAsync();
    }

    [OneTimeTearDown]
    public async Task Drop()
    {
        if (warehouse is not null)
            await warehouse.DisposeAsync();
    }

    [TestCase("410381", 2020, "偃师市", "洛阳市", "410300", "河南省")]
    [TestCase("410307", 2024, "偃师区", "洛阳市", "410300", "河南省")]
    [TestCase("412521", 1982, "偃师县", "洛阳地区", "412500", "河南省")]   // before the prefecture was a city
    [TestCase("419001", 2024, "济源市", null, null, "河南省")]             // directly under the province
    [TestCase("110101", 2024, "东城区", null, null, "北京市")]
    [TestCase("410300", 2024, "洛阳市", "洛阳市", "410300", "河南省")]     // a prefecture rolls up to itself
    [TestCase("410000", 2024, "河南省", null, null, "河南省")]
    [TestCase("410307", 2020, null, null, null, null)]                    // not yet
    [TestCase("410381", 2021, null, null, null, null)]                    // no more
    public async Task DivisionAt_Code_RollsUpAsOnThatDay(string code, int year, string? name, string? prefecture, string? prefectureCode, string? province)
    {
        var rows = await warehouse.RowsAsync<(string, string?, string?, string)>(
            $"select name, prefecture, prefecture_code, province from dw.division_at(make_date({year}, 12, 31)) where division_code = '{code}'");
        Assert.That(rows, name is null ? Is.Empty : Is.EqualTo(new[] { (name, prefecture, prefectureCode, province!) }));
    }

    [Test]
    public async Task DivisionAt_AnyYearSince2008_PutsEachCountyUnderThePrefectureOfItsRegister()
    {
        var other = await warehouse.RowsAsync<string>("""
            select at.division_code || ' ' || year
            from generate_series(2008, 2024) as year
            cross join lateral dw.division_at(make_date(year, 12, 31)) as at
            inner join dw.dim_division as division using (division_key)
            where at.level = 'county'
                and (at.prefecture is distinct from division.prefecture or at.province <> division.province)
            """);
        Assert.That(other, Is.Empty);
        Assert.That(await warehouse.ScalarAsync<long>("select count(*) from dw.division_at('2024-12-31') where level = 'county'"), Is.EqualTo(2846));
    }

    // As now: the division of today that the code became.
    [TestCase("410381", "410307:recoded:1")]
    [TestCase("410306", "410308:merged:1")]
    [TestCase("410322", "410308:merged:1")]
    [TestCase("412522", "410308:merged:2")]
    [TestCase("130521", "130502:split:1 130503:split:1")]
    [TestCase("371200", "370100:merged:1")]                                       // by its counties
    [TestCase("341400", "340100:split:1 340200:split:1 340500:split:1")]          // a prefecture shared out
    [TestCase("542100", "540300:recoded:1")]
    [TestCase("130522", "")]                                                      // still there
    public async Task DivisionSuccessor_Code_EndsAtTheDivisionsOfToday(string code, string expected) =>
        Assert.That(
            await warehouse.ScalarAsync<string?>(
                $"select coalesce(string_agg(successor_code || ':' || kind || ':' || steps, ' ' order by successor_code), '') from dw.division_successor where division_code = '{code}' and is_final"),
            Is.EqualTo(expected));

    [Test]
    public async Task DivisionSuccessor_OfEveryDivisionThatEnded_LeadsToToday()
    {
        // Whoever ended since the reports began lives on somewhere.
        var lost = await warehouse.RowsAsync<string>("""
            select division.division_code || division.name
            from dw.dim_division as division
            left join dw.division_successor as successor
                on successor.division_key = division.division_key
                and successor.is_final
            where division.valid_to between '2008-12-31' and '2100-12-31'
                and successor.division_key is null
            """);
        Assert.That(lost, Is.Empty);
    }

    [Test]
    public async Task DivisionLink_PartGivenAway_IsNoSuccession()
    {
        Assert.That(
            await warehouse.RowsAsync<(string, string)>("""
                select successor.division_code, link.kind
                from dw.division_link as link
                inner join dw.dim_division as successor
                    on successor.division_key = link.successor_key
                where link.division_key = 1201061981
                """),
            Is.EqualTo(new[] { ("120113", "ceded") }));
        Assert.That(await warehouse.ScalarAsync<string?>("select max(successor_code) from dw.dim_division where division_code = '120106'"), Is.Null);
    }

    [Test]
    public async Task RunAsync_AgencyOfADivisionThatWasRecoded_ReadsAsThenAndAsNow()
    {
        await using var own = await Warehouse.CreateAsync();
        await own.LoadAsync(Documents.Report(2020, 3, division: "410381"), Documents.Report(2024, 5, division: "410307"));

        Assert.That(
            await own.RowsAsync<(int, string, decimal)>("select year, division_code, value from mart.cell where cell_code = 'requests.new/total' order by year"),
            Is.EqualTo(new[] { (2020, "410381", 3m), (2024, "410307", 5m) }));
        Assert.That(
            await own.RowsAsync<(int, string, decimal)>("""
                select cell.year, lineage.successor_code, cell.value
                from mart.cell as cell
                inner join dw.agency_lineage as lineage using (agency_code)
                where cell.cell_code = 'requests.new/total'
                order by cell.year
                """),
            Is.EqualTo(new[] { (2020, "410307/司法局", 3m), (2024, "410307/司法局", 5m) }));
    }

    [Test]
    public async Task RunAsync_LinkInTheRegister_IsLoadedAndCorrected()
    {
        await using var own = await Warehouse.CreateAsync();
        await own.LoadAsync(Documents.Report(2020, 3, body: "信访办", kind: null), Documents.Report(2021, 5, body: "信访局", kind: "petitions"));
        var sql = Path.Combine(TestServer.Root, "sql");
        foreach (var kind in new[] { "merged", "renamed" })
        {
            var register = Documents.Reference with { AgencyLinks = [new AgencyLink("410303/信访办", "410303/信访局", new DateOnly(2021, 3, 1), kind)] };
            await new EtlWarehouse.Loading.Transforms.TransformRunner(own.Database.Owner, sql, register).RunAsync();
            Assert.That(
                await own.RowsAsync<(string, string)>("select agency_code || '>' || successor_code, kind || from_date from dw.agency_lineage where kind <> 'unchanged'"),
                Is.EqualTo(new[] { ("410303/信访办>410303/信访局", $"{kind}2021-03-01") }));
        }

        await own.TransformAsync();
        Assert.That(await own.ScalarAsync<long>("select count(*) from dw.agency_link"), Is.Zero);
    }

    [Test]
    public async Task RunAsync_AgenciesThatSucceedEachOther_AreRefused()
    {
        await using var own = await Warehouse.CreateAsync();
        var register = Documents.Reference with
        {
            AgencyLinks = [new AgencyLink("410303/甲局", "410303/乙局", new DateOnly(2019, 3, 1), "renamed"), new AgencyLink("410303/乙局", "410303/甲局", new DateOnly(2020, 3, 1), "renamed")],
        };
        await Assert.ThatAsync(
            () => new EtlWarehouse.Loading.Transforms.TransformRunner(own.Database.Owner, Path.Combine(TestServer.Root, "sql"), register).RunAsync(),
            Throws.TypeOf<EtlWarehouse.Loading.Transforms.TransformException>().With.Message.Contains("no agency succeeds itself"));
    }
}
