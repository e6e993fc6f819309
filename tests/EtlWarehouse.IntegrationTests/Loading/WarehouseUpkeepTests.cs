using EtlWarehouse.Loading;

namespace EtlWarehouse.IntegrationTests.Loading;

public sealed class WarehouseUpkeepTests
{
    [Test]
    public async Task RunAsync_AfterALoad_AnalyzesWhatChangedAndNothingTwice()
    {
        await using var warehouse = await Warehouse.CreateAsync();
        await warehouse.LoadAsync([.. Enumerable.Range(2021, 4).Select(year => Documents.Report(year))]);

        // The server's own autovacuum may come first; what counts is that somebody did it.
        await WarehouseUpkeep.RunAsync(warehouse.Database.Owner);
        Assert.That(
            await warehouse.ScalarAsync<(float, float)>("select max(reltuples) filter (where relname = 'fact_cell_2024'), max(reltuples) filter (where relname = 'dim_cell') from pg_class"),
            Is.EqualTo((200f, (float)Documents.Reference.Forms.Sum(form => form.Cells.Count + form.OptionalCells.Count))));
        Assert.That(await WarehouseUpkeep.RunAsync(warehouse.Database.Owner), Is.Empty);
    }
}
