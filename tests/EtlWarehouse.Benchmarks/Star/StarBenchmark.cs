using System.Diagnostics;
using System.Globalization;
using EtlWarehouse.App;
using EtlWarehouse.App.Postgres;
using EtlWarehouse.Loading;
using EtlWarehouse.Loading.Staging;
using EtlWarehouse.Loading.Transforms;
using EtlWarehouse.Parsing.Registers;
using Npgsql;

namespace EtlWarehouse.Benchmarks.Star;

/// <summary>
/// The whole star at the size of a province or more: how fast it is built from staging, what a fact costs on disk, how long the
/// analysts' queries take beside DuckDB on the same facts, and what changed reports cost once the tables are full.
/// </summary>
internal sealed class StarBenchmark
{
    private const int Cells = 200;
    private const int MostCounties = 2600;
    private const int UsualBodies = 5;
    private const int Batch = 1000;
    private static readonly int[] Years = [2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024];

    /// <summary>
    /// <c>--facts N</c> (12,000,000), <c>--rounds N</c> (7), <c>--home FOLDER</c> keeps the warehouse and uses it again,
    /// <c>--part queries|changes</c> leaves the other part out.
    /// </summary>
    /// <returns>Exit code: 1 when a goal is missed.</returns>
    public static async Task<int> RunAsync(WarehouseSettings settings, string[] arguments, CancellationToken ct)
    {
        var options = arguments.Chunk(2).ToDictionary(pair => pair[0], pair => pair.ElementAtOrDefault(1) ?? "", StringComparer.Ordinal);
        var facts = Number("--facts", 12_000_000);
        var rounds = Number("--rounds", 7);
        var kept = options.GetValueOrDefault("--home");
        var part = options.GetValueOrDefault("--part");
        var home = kept ?? Directory.CreateTempSubdirectory("etl-star-").FullName;
        try
        {
            await using var database = await WarehouseDatabase.OpenAsync(settings with { Home = home, ConnectionString = null, Port = null }, ct);
            await database.MigrateAsync(ct);
            var reference = ReferenceData.Load(Path.Combine(settings.Root, "pipelines"));
            // Five bodies a county, and more only where there are not counties enough.
            var bodies = facts > MostCounties * UsualBodies * Years.Length * Cells ? GeneratedReports.MostBodies : UsualBodies;
            var counties = facts / (Cells * bodies * Years.Length);
            var goals = new Goals();
            await BuildAsync(database.Owner, settings, reference, counties, bodies, goals, ct);
            await SizeAsync(database.Owner, ct);
            if (part is null or "queries")
            {
                // What a kept folder holds is older than the changes that were made to its warehouse since.
                var duckFolder = Path.Combine(home, "duckdb");
                if (Directory.Exists(duckFolder))
                    Directory.Delete(duckFolder, recursive: true);
                var sources = Path.Combine(settings.Root, "tests", "EtlWarehouse.Benchmarks", "duckdb");
                using var duck = await DuckDb.StartAsync(sources, duckFolder, ct);
                await new StarComparison(database.Owner, duck, home, rounds, goals).RunAsync(ct);
            }

            if (part is null or "changes")
                await new StarChanges(database.Owner, settings, reference, new GeneratedReports(reference, seed: 7), counties, bodies, Years, goals).RunAsync(ct);
            return goals.Report();
        }
        finally
        {
            if (kept is null)
                Directory.Delete(home, recursive: true);
        }

        int Number(string name, int otherwise) =>
            options.TryGetValue(name, out var text) ? int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture) : otherwise;
    }

    private static async Task BuildAsync(
        NpgsqlDataSource owner, WarehouseSettings settings, ReferenceData reference, int counties, int bodies, Goals goals, CancellationToken ct)
    {
        if (await ScalarAsync(owner, "select count(*) from dw.dim_document", ct) > 0)
            return;

        var stager = new StagingWriter(owner);
        var clock = Stopwatch.StartNew();
        foreach (var batch in new GeneratedReports(reference, seed: 7).Star(counties, bodies, Years).Chunk(Batch))
            await stager.WriteAsync(batch, ct: ct);
        // As after a night of crawling, when the server itself has looked at the tables.
        await WarehouseUpkeep.RunAsync(owner, ct);
        Console.WriteLine(Text($"staged {counties * bodies * Years.Length} reports in {clock.Elapsed.TotalSeconds:0} s"));

        clock.Restart();
        var result = await new TransformRunner(owner, settings.SqlFolder, reference).RunAsync(ct);
        var seconds = clock.Elapsed.TotalSeconds;
        Console.WriteLine(Text($"full rebuild from staging: {result.FactsInserted} facts in {seconds:0.0} s, {result.FactsInserted / seconds:0} facts/s"));
        goals.Add("full rebuild, facts/s", result.FactsInserted / seconds, atLeast: 200_000);
        clock.Restart();
        await WarehouseUpkeep.RunAsync(owner, ct);
        Console.WriteLine(Text($"vacuum and statistics: {clock.Elapsed.TotalSeconds:0.0} s"));
    }

    private static async Task SizeAsync(NpgsqlDataSource owner, CancellationToken ct)
    {
        var facts = await ScalarAsync(owner, "select count(*) from dw.fact_cell", ct);
        Console.WriteLine(Text($"disk, bytes a fact ({facts} facts):"));
        await using var command = owner.CreateCommand("""
            select part.kind, sum(part.size)
            from (
                select
                    case
                        when class.relname like 'fact_cell%' and class.relkind = 'r' then 'dw.fact_cell, rows'
                        when class.relname like 'fact_cell%' then 'dw.fact_cell, index'
                        else namespace.nspname || ', the rest'
                    end as kind,
                    case when class.relkind = 'r' then pg_table_size(class.oid) else pg_relation_size(class.oid) end as size
                from pg_class as class
                inner join pg_namespace as namespace on namespace.oid = class.relnamespace
                where namespace.nspname in ('dw', 'mart', 'stg') and class.relkind in ('r', 'i')
            ) as part
            group by part.kind
            order by part.kind
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            Console.WriteLine(Text($"  {reader.GetString(0),-24} {reader.GetDecimal(1) / facts,7:0.0}"));
    }

    internal static async Task<long> ScalarAsync(NpgsqlDataSource owner, string sql, CancellationToken ct)
    {
        // The texts stand beside the calls.
#pragma warning disable CA2100
        await using var command = owner.CreateCommand(sql);
#pragma warning restore CA2100
        command.CommandTimeout = 0;
        return Convert.ToInt64(await command.ExecuteScalarAsync(ct), CultureInfo.InvariantCulture);
    }

    internal static string Text(FormattableString text) => FormattableString.Invariant(text);
}
