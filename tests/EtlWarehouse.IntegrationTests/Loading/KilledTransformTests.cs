using System.Diagnostics;
using System.Globalization;
using EtlWarehouse.App.Postgres;
using EtlWarehouse.IntegrationTests.Postgres;
using EtlWarehouse.Loading;
using EtlWarehouse.Loading.Migrations;
using EtlWarehouse.Loading.Staging;
using EtlWarehouse.Loading.Transforms;
using Npgsql;

namespace EtlWarehouse.IntegrationTests.Loading;

/// <summary>PostgreSQL with all its processes dies at any moment of a transform: the star is as before it or as after it.</summary>
public sealed class KilledTransformTests
{
    private const int Kills = 50;

    private static readonly string Sql = Path.Combine(TestServer.Root, "sql");

    private TemporaryHome home = null!;

    [SetUp]
    public void Create() => home = TemporaryHome.Prepared();

    [TearDown]
    public void Remove() => home.Dispose();

    [Test]
    public async Task RunAsync_ServerKilledAtAnyMoment_LeavesTheStateBeforeOrAfter()
    {
        var random = new Random(50);
        var longest = await LoadFirstAsync();
        var (before, after) = (0, 0);
        for (var round = 1; round <= Kills; round++)
        {
            IReadOnlyList<TableHash> then;
            await using (var killed = await home.OpenAsync())
            {
                await using var owner = NpgsqlDataSource.Create(killed.ConnectionString(PrivatePostgres.Owner, WarehouseDatabase.Name));
                then = await HashAsync(owner);
                await StageAsync(owner, round);
                var run = new TransformRunner(owner, Sql, Documents.Reference).RunAsync(CancellationToken.None);
                await Task.Delay(1.2 * longest * random.NextDouble());
                await KillAsync(killed.ProcessId);
                try
                {
                    await run;
                }
                catch (Exception exception) when (exception is NpgsqlException or TransformException or IOException)
                {
                    // The connection is gone; what the server kept is looked at below.
                }
            }

            await using var server = await home.OpenAsync();
            await using var recovered = NpgsqlDataSource.Create(server.ConnectionString(PrivatePostgres.Owner, WarehouseDatabase.Name));
            var found = await HashAsync(recovered);
            await new TransformRunner(recovered, Sql, Documents.Reference).RunAsync(CancellationToken.None);
            var whole = await HashAsync(recovered);
            Assert.That(whole, Is.Not.EqualTo(then), "the round must change something");
            Assert.That(found, Is.EqualTo(then).Or.EqualTo(whole), $"kill {round}");
            if (found.SequenceEqual(then))
                before++;
            else
                after++;
        }

        TestContext.Out.WriteLine($"{Kills} kills: {before} left the state before, {after} that after; the whole transform takes {longest.TotalMilliseconds:0} ms");
        Assert.That(before, Is.GreaterThan(Kills / 4), "most kills must hit the transform");
    }

    /// <returns>How long the second of two transforms took.</returns>
    private async Task<TimeSpan> LoadFirstAsync()
    {
        await using var server = await home.OpenAsync();
        await using (var postgres = NpgsqlDataSource.Create(server.ConnectionString(PrivatePostgres.Owner, "postgres")))
        {
            await using var create = postgres.CreateCommand($"create database {WarehouseDatabase.Name}");
            await create.ExecuteNonQueryAsync();
        }

        await using var owner = NpgsqlDataSource.Create(server.ConnectionString(PrivatePostgres.Owner, WarehouseDatabase.Name));
        await new MigrationRunner(owner, Sql).MigrateAsync();
        await StageAsync(owner, -1);
        await new TransformRunner(owner, Sql, Documents.Reference).RunAsync(CancellationToken.None);
        await StageAsync(owner, 0);
        var clock = Stopwatch.StartNew();
        await new TransformRunner(owner, Sql, Documents.Reference).RunAsync(CancellationToken.None);
        return clock.Elapsed;
    }

    /// <summary>A new year's report and a corrected one, so that facts are added, changed and withdrawn.</summary>
    private static Task<StagingResult> StageAsync(NpgsqlDataSource owner, int round) => new StagingWriter(owner).WriteAsync(
    [
        Documents.Report(2023, 1000 + round, published: new DateOnly(2024, 3, 1).AddDays(round)),
        Documents.Report(2024, 2000 + round, published: new DateOnly(2025, 3, 1).AddDays(round)),
    ]);

    private static Task<IReadOnlyList<TableHash>> HashAsync(NpgsqlDataSource owner) => WarehouseHash.OfSchemasAsync(owner, ["dw"]);

    /// <summary>Kills the server's processes at once: none of them can finish what the others began.</summary>
    private static async Task KillAsync(int postmaster)
    {
        var children = await File.ReadAllTextAsync(string.Create(CultureInfo.InvariantCulture, $"/proc/{postmaster}/task/{postmaster}/children"));
        using var kill = Process.Start("kill", ["-9", postmaster.ToString(CultureInfo.InvariantCulture), .. children.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        await kill.WaitForExitAsync();
        while (Directory.Exists($"/proc/{postmaster}"))
            await Task.Delay(5);
    }
}
