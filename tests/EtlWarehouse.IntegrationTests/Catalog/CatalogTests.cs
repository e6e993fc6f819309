using EtlWarehouse.App.Catalog;
using EtlWarehouse.IntegrationTests.Databases;

namespace EtlWarehouse.IntegrationTests.Catalog;

public sealed class CatalogTests
{
    [Test]
    public async Task Comments_OfEveryObjectAndColumn_AreInBothLanguages()
    {
        await using var database = await TestDatabase.CreateAsync();
        Assert.That(await UncommentedAsync(database), Is.Empty);
    }

    [Test]
    public async Task Comments_MissingOrOfOneLanguage_AreFound()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (var spoil = database.Owner.CreateCommand("""
            create table dw.fact_new (agency_key bigint);
            comment on table dw.fact_new is '新的事实 / new facts';
            comment on column mart.cell.year is '报告年度';
            comment on view mart.rate is 'rates / 比率';
            comment on type dw.cell_state is null
            """))
        {
            await spoil.ExecuteNonQueryAsync();
        }
        Assert.That(await UncommentedAsync(database), Is.EqualTo(new[] { "mart.cell.year", "mart.rate", "dw.fact_new.agency_key", "dw.cell_state" }));
    }

    [Test]
    public async Task Dictionary_AfterAllMigrations_IsUpToDate()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var connection = await database.Owner.OpenConnectionAsync();
        var written = await DataDictionary.WriteAsync(connection, Path.Combine(TestServer.Root, "sql"), default);
        Assert.That(await File.ReadAllTextAsync(DataDictionary.FileIn(TestServer.Root)), Is.EqualTo(written), "run ./etl schema and review the change of the dictionary");
    }

    private static async Task<IReadOnlyList<string>> UncommentedAsync(TestDatabase database)
    {
        await using var connection = await database.Owner.OpenConnectionAsync();
        return [.. (await WarehouseCatalog.ReadAsync(connection, default)).SelectMany(each =>
            each.Columns.Select(column => ($"{each.Name}.{column.Name}", column.Comment)).Prepend((each.Name, each.Comment)))
            .Where(each => !BilingualComment.TryRead(each.Comment, out _))
            .Select(each => each.Item1)];
    }
}
