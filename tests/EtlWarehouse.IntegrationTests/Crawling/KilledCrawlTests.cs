using System.Diagnostics;
using System.Globalization;
using Dapper;
using EtlWarehouse.App.Postgres;
using EtlWarehouse.Crawling.Archive;
using EtlWarehouse.IntegrationTests.Databases;
using EtlWarehouse.SiteSimulator;

namespace EtlWarehouse.IntegrationTests.Crawling;

/// <summary>The program itself, killed while it crawls, again and again; what it then has at the end.</summary>
public sealed class KilledCrawlTests
{
    // ETL_TEST_KILLS=20 makes a hundred; each costs the start of a program.
    private static readonly int KillsEach = int.Parse(Environment.GetEnvironmentVariable("ETL_TEST_KILLS") ?? "4", CultureInfo.InvariantCulture);

    private static readonly string[] Builds = ["trs", "hanweb", "fujian", "attachments", "query"];

    private DirectoryInfo _home = null!;
    private TestDatabase _database = null!;
    private SimulatorServer _server = null!;

    [SetUp]
    public async Task Start()
    {
        _database = await TestDatabase.CreateAsync();
        _server = await SimulatorServer.StartAsync();
        _home = Directory.CreateTempSubdirectory("etl-killed-");
    }

    [TearDown]
    public async Task Stop()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
        _home.Delete(recursive: true);
    }

    [TestCaseSource(nameof(Builds))]
    public async Task Run_KilledAgainAndAgain_HasEveryDocumentOnce(string build)
    {
        var seed = 300 + Array.IndexOf(Builds, build);
        var dice = new Dice(seed);
        var site = SiteBuilds.Make(build, seed, new Uri($"http://127.0.0.1:{_server.Port}"));
        _server.Add(site);
        var pipeline = await WritePipelineAsync(site);
        var archive = new DocumentArchive(Path.Combine(_home.FullName, "archive"));

        var kills = 0;
        var isLastKilled = false;
        for (var run = 0; run < KillsEach; run++)
        {
            // Somewhere between the first request and the last, before the answer or a little after it.
            isLastKilled = await RunAndKillAsync(pipeline, dice.Between(1, site.Expected.Count + 3), dice.Chance(50) ? dice.Between(1, 60) : 0);
            kills += isLastKilled ? 1 : 0;
            var kept = archive.Captures.ReadAll();
            Assert.That(kept.Select(capture => capture.Url), Is.SubsetOf(site.Expected).And.Unique);
            Assert.That(() => kept.Select(capture => archive.Bodies.Read(capture.Sha256).Length).ToList(), Has.All.Positive);
        }

        await using var connection = await _database.Owner.OpenConnectionAsync();
        // An answer that came in the moment of the kill may be known to nobody.
        var answered = (await connection.QueryAsync<string>(
            "select 'GET ' || request from ops.fetch where purpose <> 'list' and outcome <> 'failed'")).ToHashSet();
        var asked = _server.Requests.Count;
        using (var last = Launch(pipeline))
            await last.WaitForExitAsync();

        var mirrored = await connection.QueryAsync<string>("select url from ops.capture");
        var outcome = await connection.ExecuteScalarAsync<string>("select outcome from ops.site_visit order by run_id desc limit 1");
        await TestContext.Out.WriteLineAsync($"{build}: {kills} kills, {site.Expected.Count} documents, {_server.Requests.Count} requests");
        Assert.Multiple(() =>
        {
            Assert.That(kills, Is.Positive);
            Assert.That(archive.Captures.ReadAll().Select(capture => capture.Url), Is.EquivalentTo(site.Expected));
            Assert.That(mirrored, Is.EquivalentTo(site.Expected));
            Assert.That(outcome, Is.EqualTo("complete"));
            Assert.That(answered, Is.SubsetOf(_server.Requests.Take(asked)), "both are written alike");
            // After a run that came to its end the next one looks for changes; after one that died it only goes on.
            if (isLastKilled)
                Assert.That(_server.Requests.Skip(asked).Where(answered.Contains), Is.Empty);
        });
    }

    /// <returns>Whether the program was killed, or ended before.</returns>
    private async Task<bool> RunAndKillAsync(string pipeline, int atRequest, int milliseconds)
    {
        var reached = new TaskCompletionSource();
        var first = _server.Requests.Count;
        _server.OnRequest = async number =>
        {
            if (number - first == atRequest)
            {
                reached.TrySetResult();
                // The answer waits for the kill, or the kill for what the program makes of the answer.
                if (milliseconds == 0)
                    await Task.Delay(TimeSpan.FromMilliseconds(200));
            }
        };
        using var program = Launch(pipeline);
        var ended = program.WaitForExitAsync();
        if (await Task.WhenAny(reached.Task, ended) == ended)
            return false;
        if (milliseconds > 0)
            await Task.Delay(milliseconds);
        program.Kill();
        await ended;
        _server.OnRequest = null;
        return program.ExitCode == 128 + 9;
    }

    private Process Launch(string pipeline)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "EtlWarehouse.dll"), "run", pipeline])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ETL_HOME"] = _home.FullName;
        start.Environment["ETL_ROOT"] = TestServer.Root;
        start.Environment["ETL_DATABASE"] = TestServer.Postgres.ConnectionString(PrivatePostgres.Owner, _database.Name);
        var process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        return process;
    }

    private async Task<string> WritePipelineAsync(SimulatedSite site)
    {
        var file = Path.Combine(_home.FullName, "killed.yml");
        await File.WriteAllTextAsync(file, $$"""
            name: killed
            contact: test@example.org
            politeness: {delay: 0s, per_host: 2}
            allow_loopback: true
            sites:
              - code: site
                start: ["{{site.Absolute(site.Start)}}"]
            """);
        return file;
    }
}
