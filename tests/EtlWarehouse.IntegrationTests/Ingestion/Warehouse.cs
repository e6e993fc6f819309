using Dapper;
using EtlWarehouse.App;
using EtlWarehouse.App.Ingestion;
using EtlWarehouse.App.Pipelines;
using EtlWarehouse.Crawling.Archive;
using EtlWarehouse.IntegrationTests.Databases;
using EtlWarehouse.Loading;
using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.IntegrationTests.Ingestion;

/// <summary>A database and an archive of one test, and what the commands do with them.</summary>
internal sealed class Warehouse : IAsyncDisposable
{
    public static ReferenceData Reference { get; } = ReferenceData.Load(Path.Combine(TestServer.Root, "pipelines"));

    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("etl-warehouse-");

    private Warehouse(TestDatabase database)
    {
        Database = database;
        Settings = TestServer.FreshSettings(home);
        Archive = new DocumentArchive(Settings.ArchiveFolder);
    }

    public TestDatabase Database { get; private set; }

    public WarehouseSettings Settings { get; }

    public DocumentArchive Archive { get; }

    public static async Task<Warehouse> CreateAsync() => new(await TestDatabase.CreateAsync());

    public Task<PipelineOutcome> RunSampleAsync() =>
        new PipelineRun(Settings, Database.Owner, Archive, Reference, TimeProvider.System)
            .RunAsync(PipelineFile.Load(Path.Combine(TestServer.Root, "pipelines", "sample.yml")), null, null, CancellationToken.None);

    public async Task<(IReadOnlyList<UnreadDocument> Unread, UpdateResult Update)> ImportAsync(params string[] paths)
    {
        var (_, _, unread) = new FileImport(Archive, TimeProvider.System).Add(paths, CancellationToken.None);
        var update = await UpdateAsync();
        return ([.. unread, .. update.Unread], update);
    }

    public Task<UpdateResult> UpdateAsync(bool everything = false, ReferenceData? reference = null) =>
        new WarehouseUpdate(Settings, Database.Owner, Archive, reference ?? Reference).RunAsync(_ => everything, null, CancellationToken.None);

    /// <summary>Throws the database away; the archive stays.</summary>
    public async Task EmptyDatabaseAsync()
    {
        await Database.DisposeAsync();
        Database = await TestDatabase.CreateAsync();
    }

    public Task<IReadOnlyList<TableHash>> HashAsync() => WarehouseHash.OfSchemasAsync(Database.Owner, ["dw"]);

    public async Task<List<T>> QueryAsync<T>(string query, object? parameters = null)
    {
        await using var connection = await Database.Owner.OpenConnectionAsync();
        return (await connection.QueryAsync<T>(query, parameters)).AsList();
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        home.Delete(recursive: true);
    }
}
