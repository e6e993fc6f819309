using EtlWarehouse.Loading;

namespace EtlWarehouse.IntegrationTests.Loading;

public sealed class WarehouseHashTests
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
    public async Task OfSchemasAsync_RowsInAnotherOrder_GivesTheSame()
    {
        await warehouse.ExecuteAsync("create schema one; create table one.t as select n, 'a' || n as text from generate_series(1, 50) as n");
        await warehouse.ExecuteAsync("create schema two; create table two.t as select n, 'a' || n as text from generate_series(50, 1, -1) as n");
        var (one, two) = (await OfAsync("one"), await OfAsync("two"));
        Assert.That((one.Rows, one.Sha256), Is.EqualTo((50L, two.Sha256)));
    }

    [TestCase("update one.t set value = 2 where value = 1")]
    [TestCase("update one.t set value = null where value = 1")]
    [TestCase("delete from one.t where value = 1")]
    [TestCase("insert into one.t values (1)")]
    public async Task OfSchemasAsync_OtherRows_GivesAnother(string change)
    {
        await warehouse.ExecuteAsync("create schema one; create table one.t (value int); insert into one.t values (1), (3)");
        var before = await OfAsync("one");
        await warehouse.ExecuteAsync(change);
        Assert.That((await OfAsync("one")).Sha256, Is.Not.EqualTo(before.Sha256));
    }

    [TestCase("西工区司法局|4103032000|justice|1")]
    [TestCase("")]
    public async Task NaturalKey_InProgramAndDatabase_IsTheSame(string text) =>
        Assert.That(await warehouse.ScalarAsync<long>($"select dw.natural_key('{text}')"), Is.EqualTo(NaturalKey.OfText(text)));

    private async Task<TableHash> OfAsync(string schema) => (await WarehouseHash.OfSchemasAsync(warehouse.Database.Owner, [schema])).Single();
}
