using System.Diagnostics;
using Dapper;
using EtlWarehouse.App.Ingestion;
using EtlWarehouse.App.Jobs;
using EtlWarehouse.App.Pipelines;
using EtlWarehouse.App.Postgres;
using EtlWarehouse.Crawling;
using EtlWarehouse.Crawling.Archive;
using EtlWarehouse.IntegrationTests.Databases;
using EtlWarehouse.Loading;
using EtlWarehouse.Parsing.Registers;
using Npgsql;

namespace EtlWarehouse.IntegrationTests.Jobs;

/// <summary>Real nodes, <c>./etl serve</c>, on one database and one archive; one after the other is killed while a night runs.</summary>
public sealed class KilledNodeTests
{
    private const int Kills = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private DirectoryInfo _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("etl-nodes-");

    [TearDown]
    public void RemoveFolder() => _folder.Delete(recursive: true);

    [Test]
    public async Task Serve_NodesKilledAtRandomMoments_TheNightGivesWhatAnUndisturbedRunGives()
    {
        var random = new Random(7);
        var pipeline = PipelineFile.Load(Path.Combine(TestServer.Root, "pipelines", "sample.yml"));
        await using var calm = await TestDatabase.CreateAsync();
        var settings = new App.WarehouseSettings(TestServer.Root, Path.Combine(_folder.FullName, "calm"));
        var outcome = await new PipelineRun(
            settings, calm.Owner, new DocumentArchive(settings.ArchiveFolder), ReferenceData.Load(settings.PipelinesFolder), TimeProvider.System)
            .RunAsync(pipeline, null, null, default);
        Assert.That(outcome.Outcome, Is.EqualTo(CrawlOutcome.Complete));

        await using var database = await TestDatabase.CreateAsync();
        await new NightPlanner(database.Owner, TimeProvider.System).StartNowAsync(pipeline, default);
        var nodes = new List<Process> { Node(database), Node(database) };
        try
        {
            for (var kill = 0; kill < Kills; kill++)
            {
                await Task.Delay(random.Next(1000, 5000));
                var victim = nodes[kill % nodes.Count];
                victim.Kill();
                await victim.WaitForExitAsync();
                nodes[kill % nodes.Count] = Node(database);
            }

            await UntilOverAsync(database);
        }
        finally
        {
            foreach (var node in nodes)
            {
                node.Kill();
                await node.WaitForExitAsync();
                node.Dispose();
            }
        }

        Assert.Multiple(async () =>
        {
            Assert.That(await Nights.ListAsync(database), Has.Count.EqualTo(1).And.All.EndsWith(" complete"));
            Assert.That(await FactsAsync(database.Owner), Is.EqualTo(await FactsAsync(calm.Owner)));
        });
    }

    /// <summary>Hashes of the facts; when a document was first seen differs between the two and stands in its dimension.</summary>
    private static async Task<IReadOnlyList<TableHash>> FactsAsync(NpgsqlDataSource owner) =>
        [.. (await WarehouseHash.OfSchemasAsync(owner, ["dw"])).Where(table => table.Table.StartsWith("dw.fact_", StringComparison.Ordinal))];

    private static async Task UntilOverAsync(TestDatabase database)
    {
        var end = DateTime.UtcNow + Patience;
        await using var connection = await database.Owner.OpenConnectionAsync();
        while (await connection.ExecuteScalarAsync<bool>("select exists (select from ops.night where state in ('due', 'running'))"))
        {
            Assert.That(DateTime.UtcNow, Is.LessThan(end), "the night does not end");
            await Task.Delay(200);
        }
    }

    private Process Node(TestDatabase database)
    {
        // Its output is read by nobody, and a full pipe would hold it up.
        var start = new ProcessStartInfo(Path.Combine(TestServer.Root, "etl"), ["serve", "sample", "--only", "jobs", "--listen", "127.0.0.1:0"])
        {
            WorkingDirectory = "/",
        };
        start.Environment["ETL_HOME"] = Path.Combine(_folder.FullName, "home");
        start.Environment["ETL_DATABASE"] = TestServer.Postgres.ConnectionString(PrivatePostgres.Owner, database.Name);
        return Process.Start(start)!;
    }
}
