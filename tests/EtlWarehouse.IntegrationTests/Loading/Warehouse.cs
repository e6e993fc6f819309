using Dapper;
using EtlWarehouse.IntegrationTests.Databases;
using EtlWarehouse.Loading;
using EtlWarehouse.Loading.Staging;
using EtlWarehouse.Loading.Transforms;

namespace EtlWarehouse.IntegrationTests.Loading;

/// <summary>A migrated database of one test, and the ways in which the program fills it.</summary>
internal sealed class Warehouse : IAsyncDisposable
{
    private Warehouse(TestDatabase database) => Database = database;

    public TestDatabase Database { get; }

    public static async Task<Warehouse> CreateAsync() => new(await TestDatabase.CreateAsync());

    public Task<StagingResult> StageAsync(params StagedDocument[] documents) => new StagingWriter(Database.Owner).WriteAsync(documents);

    public Task<StagingResult> StageAsync(int readerVersion, params StagedDocument[] documents) =>
        new StagingWriter(Database.Owner).WriteAsync(documents, readerVersion);

    public Task<TransformResult> TransformAsync(string? sqlFolder = null, CancellationToken ct = default) =>
        new TransformRunner(Database.Owner, sqlFolder ?? Path.Combine(TestServer.Root, "sql"), Documents.Reference).RunAsync(ct);

    public async Task<TransformResult> LoadAsync(params StagedDocument[] documents)
    {
        await StageAsync(documents);
        return await TransformAsync();
    }

    public Task<IReadOnlyList<TableHash>> HashAsync() => WarehouseHash.OfSchemasAsync(Database.Owner, ["dw"]);

    public async Task<T> ScalarAsync<T>(string query)
    {
        await using var connection = await Database.Owner.OpenConnectionAsync();
        return (await connection.QuerySingleAsync<T>(query))!;
    }

    public async Task<IReadOnlyList<T>> RowsAsync<T>(string query)
    {
        await using var connection = await Database.Owner.OpenConnectionAsync();
        return (await connection.QueryAsync<T>(query)).AsList();
    }

    public async Task ExecuteAsync(string statement)
    {
        await using var connection = await Database.Owner.OpenConnectionAsync();
        await connection.ExecuteAsync(statement);
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
