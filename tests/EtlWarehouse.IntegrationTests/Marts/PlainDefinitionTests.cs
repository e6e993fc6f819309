using EtlWarehouse.IntegrationTests.Loading;

namespace EtlWarehouse.IntegrationTests.Marts;

/// <summary>What the marts compute by a short way is what their plain definition gives.</summary>
public sealed class PlainDefinitionTests
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
    public async Task PoissonChange_AllPairsUpToForty_IsTwiceTheSmallerBinomialTail() => Assert.That(
        await warehouse.ScalarAsync<(long, long)>("""
            with pair as (
                select a::numeric as a, b::numeric as b from generate_series(0, 40) as a cross join generate_series(0, 40) as b
            ),
            plain as (
                select pair.*, least(1, 2 * (
                    select sum(factorial((a + b)::bigint) / (factorial(k) * factorial((a + b)::bigint - k)))
                    from generate_series(0, least(a, b)::bigint) as k
                ) / 2 ^ (a + b))::double precision as expected
                from pair
            )
            select count(*), count(*) filter (where abs(mart.poisson_change(a, 1, b, 1) - expected) > 1e-9 * expected) from plain
            """), Is.EqualTo((41L * 41, 0L)));

    [Test]
    public async Task WilsonInterval_AllSharesUpToAHundredAndFifty_IsTheIntervalInExactNumbers() => Assert.That(
        await warehouse.ScalarAsync<(long, long)>("""
            with share as (
                select k::numeric as k, n::numeric as n from generate_series(1, 150) as n cross join lateral generate_series(0, n) as k
            ),
            plain as (
                select share.*, array[
                    case when k = 0 then 0 else round((k + 1.920729 - 1.959964 * sqrt(k * (n - k) / n + 0.960365)) / (n + 3.841459), 6) end,
                    case when k = n then 1 else round((k + 1.920729 + 1.959964 * sqrt(k * (n - k) / n + 0.960365)) / (n + 3.841459), 6) end
                ] as expected
                from share
            )
            select count(*), count(*) filter (where mart.wilson_interval(k, n) is distinct from expected) from plain
            """), Is.EqualTo((11475L, 0L)));

    [Test]
    public async Task DivisionRate_SeveralCountiesOfAProvince_IsTheSumOfTheirRates()
    {
        await warehouse.LoadAsync(
            Documents.Report(2023, 13), Documents.Report(2024, 20), Documents.Report(2024, 55, division: "410307"),
            Documents.Report(2024, null, division: "410306"), Documents.Report(2024, 1, division: "410305"),
            Documents.Report(2024, 40, division: "410303", body: "人民政府", kind: "people_government"),
            Documents.Report(2024, 90, division: "410300"), Documents.Report(2024, 30, division: "410503"));
        Assert.That(await warehouse.ScalarAsync<(long, long)>("""
            with expected as (
                select
                    rate.year, parent.division_code, rate.level, coalesce(rate.agency_kind, 'unclassified'), rate.rate_code,
                    sum(rate.numerator) filter (where rate.status in ('shown', 'below_minimum')),
                    sum(rate.denominator) filter (where rate.status in ('shown', 'below_minimum')),
                    count(rate.denominator) filter (where rate.status in ('shown', 'below_minimum')),
                    count(*) filter (where rate.status = 'incomplete'),
                    count(*) filter (where rate.status = 'contradictory'),
                    bool_and(rate.is_exact)
                from mart.rate as rate
                inner join dw.dim_division as parent
                    on parent.division_code in (left(rate.division_code, 4) || '00', left(rate.division_code, 2) || '0000')
                    and parent.valid_from <= make_date(rate.year, 12, 31)
                    and parent.valid_to > make_date(rate.year, 12, 31)
                group by rate.year, parent.division_code, rate.level, coalesce(rate.agency_kind, 'unclassified'), rate.rate_code
            ),
            found as (
                select year, division_code, agency_level, agency_kind, rate_code, numerator, denominator, n_reported, n_incomplete, n_contradictory, is_exact
                from mart.division_rate
            )
            select
                (select count(*) from (table expected except table found) as lost) + (select count(*) from (table found except table expected) as surplus),
                (select count(distinct division_code) from expected)
            """), Is.EqualTo((0L, 3L)));
    }
}
