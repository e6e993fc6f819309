using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using EtlWarehouse.Crawling.Archive;
using EtlWarehouse.Crawling.Fetching;
using EtlWarehouse.Crawling.Pipelines;

namespace EtlWarehouse.Benchmarks.Fetching;

/// <summary>What fetching and archiving cost beside a bare loop, and whether many hosts at once are asked as often as allowed.</summary>
internal static class FetchBenchmark
{
    private const int Connections = 8;
    private const int PageBytes = 60_000;
    private const double LeastOfBare = 0.70;
    private const double LeastOfPolicy = 0.90;
    private const double MostOfACore = 0.5;
    private const long MostGrowth = 32L << 20;

    public static async Task<int> RunAsync(CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("etl-bench-fetch-");
        try
        {
            await using var server = await LoopbackServer.StartAsync(PageBytes);
            return await OneHostAsync(server, folder.FullName, ct) + await ManyHostsAsync(server, ct) == 0 ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>One host without politeness: pages a second, as a ratio of a loop that only reads and hashes.</summary>
    private static async Task<int> OneHostAsync(LoopbackServer server, string folder, CancellationToken ct)
    {
        const int Pages = 1500;
        var (host, endpoint) = server.Hosts(1).Single();
        using var bare = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections });
        using var client = new SiteClient(Pipeline(TimeSpan.Zero, Connections), TimeProvider.System, server.Hosts(1));
        var archive = new DocumentArchive(folder);
        using var log = archive.Fetches.Begin(TimeProvider.System.GetUtcNow());

        async Task BareAsync(int page) => SHA256.HashData(await bare.GetByteArrayAsync(new Uri($"http://{endpoint}/bare/{page}"), ct));
        Task<FetchResult> FetchAsync(string name) => client.FetchAsync(new FetchRequest(new Uri($"http://{host}/{name}")), Validators.None, null, ct);
        async Task ArchiveAsync(string name)
        {
            var result = await FetchAsync(name);
            var hash = archive.Bodies.Add(result.Response!.Body);
            await log.AddAsync(
                new FetchRecord(TimeProvider.System.GetUtcNow(), "bench", "bench", "page", name, "fetched", hash, "text/html", null, null, result.Hops), ct);
        }

        var rounds = new List<(double Bare, double Fetched, double Archived)>();
        for (var round = 0; round < 4; round++)
        {
            var bareTime = await TimeAsync(Pages, BareAsync);
            var fetchTime = await TimeAsync(Pages, page => FetchAsync($"fetch/{page}"));
            var archiveTime = await TimeAsync(Pages / 3, page => ArchiveAsync($"{round}/{page}")) * 3;
            // The first round warms up.
            if (round > 0)
                rounds.Add((bareTime, bareTime / fetchTime, bareTime / archiveTime));
        }

        double Median(Func<(double, double, double), double> of) => rounds.Select(of).Order().ElementAt(rounds.Count / 2);
        var archived = Median(round => round.Item3);
        Print($"fetch, one host, {Connections} connections, {PageBytes / 1000} kB a page: bare {Pages / Median(round => round.Item1):0} pages/s; fetched {Median(round => round.Item2):0.00} of that, fetched and archived {archived:0.00} (goal {LeastOfBare:0.00}){(archived < LeastOfBare ? " MISSED" : "")}");
        return archived < LeastOfBare ? 1 : 0;
    }

    /// <summary>Many hosts at once, each a request a second: what is lost against the policy, and what waiting costs.</summary>
    private static async Task<int> ManyHostsAsync(LoopbackServer server, CancellationToken ct)
    {
        const int Hosts = 200;
        const int Requests = 15;
        var delay = TimeSpan.FromSeconds(1);
        using var client = new SiteClient(Pipeline(delay, 1), TimeProvider.System, server.Hosts(Hosts));
        using var process = Process.GetCurrentProcess();
        var memory = new List<long>();
        var busy = process.TotalProcessorTime;
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(server.Hosts(Hosts).Keys.Select((host, index) => Task.Run(
            async () =>
            {
                for (var request = 0; request < Requests; request++)
                {
                    await client.FetchAsync(new FetchRequest(new Uri($"http://{host}/{request}")), Validators.None, null, ct);
                    if (index == 0)
                        memory.Add(GC.GetTotalMemory(forceFullCollection: true));
                }
            },
            ct)));
        var elapsed = Stopwatch.GetElapsedTime(began);
        process.Refresh();
        var cores = (process.TotalProcessorTime - busy) / elapsed;
        var share = (Requests - 1) * delay / elapsed;
        var growth = memory[^1] - memory[Requests / 3];
        var isMissed = share < LeastOfPolicy || cores > MostOfACore || growth > MostGrowth;
        Print($"fetch, {Hosts} hosts, 1 s each: {share:0.000} of what the policy allows (goal {LeastOfPolicy:0.00}), {cores:0.00} cores with the server (goal at most {MostOfACore:0.0}), memory {growth / 1048576.0:+0.0;-0.0} MiB over the last two thirds (goal at most {MostGrowth >> 20}){(isMissed ? " MISSED" : "")}");
        return isMissed ? 1 : 0;
    }

    private static async Task<double> TimeAsync(int count, Func<int, Task> work)
    {
        var began = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (index, _) => await work(index));
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static CrawlPipeline Pipeline(TimeSpan delay, int perHost) => new(
        "bench", "bench", null, "Asia/Shanghai", "bench@example.org", new Politeness(delay, perHost) { PerSecond = 100_000, AtOnce = 1000 }, true, null, [], []);

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
