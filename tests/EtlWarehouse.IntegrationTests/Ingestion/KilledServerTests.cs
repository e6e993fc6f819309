using System.Diagnostics;
using System.Globalization;
using EtlWarehouse.IntegrationTests.Commands;
using EtlWarehouse.IntegrationTests.Postgres;

namespace EtlWarehouse.IntegrationTests.Ingestion;

/// <summary>PostgreSQL dies in the middle of a run; the next run repairs.</summary>
public sealed class KilledServerTests
{
    private const string Counts = """
        select
            (select count(*) from ops.capture) as captures,
            (select count(*) from stg.document) as documents,
            (select count(*) from dw.dim_document) as revisions,
            (select count(*) from dw.fact_cell) as facts,
            (select count(*) from (select distinct agency_key, year_key, cell_key from dw.fact_cell) as cells) as cells
        """;

    private TemporaryHome home = null!;

    [SetUp]
    public void Create() => home = TemporaryHome.Prepared();

    [TearDown]
    public void Remove() => home.Dispose();

    [TestCase(0)]    // hardly anything is fetched
    [TestCase(20)]   // in the middle of the crawl
    [TestCase(65)]   // while reading, staging or transforming
    public async Task Run_PostgresKilledInTheMiddle_TheNextRunRepairs(int captures)
    {
        using var run = EtlScript.Start(home.Path, "run");
        var error = run.StandardError.ReadToEndAsync();
        _ = run.StandardOutput.ReadToEndAsync();
        await UntilAsync(run, () => Postmaster() is not null && Captured() >= captures);
        // Without a postmaster file the run was faster than we: the next lines then test a run after a whole one.
        if (Postmaster() is { } postmaster)
            await KillAsync(postmaster);
        await run.WaitForExitAsync();
        TestContext.Out.WriteLine($"exit {run.ExitCode} after {Captured()} captures: {(await error).Split('\n').LastOrDefault(line => line.StartsWith("etl:", StringComparison.Ordinal))}");

        var next = await EtlScript.RunAsync(home.Path, "run");

        Assert.That(next.ExitCode, Is.Zero, next.Error);
        await using var warehouse = await home.OpenAsync();
        await using var owner = Npgsql.NpgsqlDataSource.Create(warehouse.ConnectionString(App.Postgres.PrivatePostgres.Owner, App.Postgres.WarehouseDatabase.Name));
        await using var command = owner.CreateCommand(Counts);
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        Assert.That(
            Enumerable.Range(0, 5).Select(row.GetInt64),
            Is.EqualTo(new[] { 65L, 65, 65, 12800, 12800 }));
    }

    /// <summary>Null while the file is not there, or there and not yet written.</summary>
    private string? Postmaster() => File.Exists(home.PostmasterFile) ? File.ReadLines(home.PostmasterFile).FirstOrDefault() : null;

    private int Captured()
    {
        var folder = Path.Combine(home.Path, "archive", "captures");
        return Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories).Length : 0;
    }

    private static async Task UntilAsync(Process run, Func<bool> isReached)
    {
        while (!run.HasExited && !isReached())
            await Task.Delay(5);
    }

    private static async Task KillAsync(string processId)
    {
        using var kill = Process.Start("kill", ["-9", int.Parse(processId, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
