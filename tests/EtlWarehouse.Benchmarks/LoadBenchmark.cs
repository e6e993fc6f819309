using System.Diagnostics;
using System.Globalization;
using EtlWarehouse.App;
using EtlWarehouse.App.Postgres;
using EtlWarehouse.Loading;
using EtlWarehouse.Loading.Staging;
using EtlWarehouse.Loading.Transforms;
using EtlWarehouse.Parsing.Registers;
using Npgsql;
using NpgsqlTypes;

namespace EtlWarehouse.Benchmarks;

/// <summary>
/// Staging and transforming reports against bare binary COPY of their facts into an identical table: same columns, types, partitions
/// and index. The ways take turns in each round, so that what disturbs the machine disturbs them all.
/// </summary>
internal sealed class LoadBenchmark(NpgsqlDataSource database, string root, int reports, int rounds)
{
    private const double Goal = 3.0;
    private static readonly string[] Ways = ["copy", "stage", "transform", "again", "corrected"];

    private readonly ReferenceData reference = ReferenceData.Load(Path.Combine(root, "pipelines"));
    private readonly Dictionary<string, List<double>> seconds = Ways.ToDictionary(way => way, _ => new List<double>());

    /// <summary>Runs on a private PostgreSQL of its own, with the settings the product gives one, and throws it away.</summary>
    /// <returns>Exit code: 1 when the goal is missed.</returns>
    public static async Task<int> RunAsync(WarehouseSettings settings, CancellationToken ct)
    {
        var home = Directory.CreateTempSubdirectory("etl-bench-");
        try
        {
            await using var database = await WarehouseDatabase.OpenAsync(
                settings with { Home = home.FullName, ConnectionString = null, Port = null }, ct);
            await database.MigrateAsync(ct);
            return await new LoadBenchmark(database.Owner, settings.Root, reports: 1000, rounds: 5).RunAsync(ct);
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    private async Task<int> RunAsync(CancellationToken ct)
    {
        var generated = new GeneratedReports(reference, seed: 7);
        var (first, second) = (generated.Generate(reports), generated.Generate(reports, revision: 1));
        var facts = await PrepareAsync(first, ct);
        var stager = new StagingWriter(database);
        var runner = new TransformRunner(database, Path.Combine(root, "sql"), reference);

        // The first round warms up program and server and is not counted.
        for (var round = 0; round <= rounds; round++)
        {
            await EmptyAsync(ct);
            var copy = await TimeAsync(() => CopyAsync(facts, ct));
            var stage = await TimeAsync(() => StageAsync(first));
            var transform = await TimeAsync(() => TransformAsync(facts.Count));
            var again = await TimeAsync(async () =>
            {
                await StageAsync(first, isChanged: false);
                await TransformAsync(0);
            });
            var corrected = await TimeAsync(async () =>
            {
                await StageAsync(second);
                await TransformAsync(0);
            });
            if (round == 0)
                continue;
            foreach (var (way, time) in Ways.Zip([copy, stage, transform, again, corrected]))
                seconds[way].Add(time);
        }

        return Report(facts.Count);

        async Task StageAsync(IReadOnlyList<StagedDocument> batch, bool isChanged = true)
        {
            var result = await stager.WriteAsync(batch, ct: ct);
            if (result.Staged != (isChanged ? batch.Count : 0))
                throw new InvalidOperationException($"expected {(isChanged ? batch.Count : 0)} documents staged, found {result.Staged}");
        }

        async Task TransformAsync(int inserted)
        {
            var result = await runner.RunAsync(ct);
            if (result.FactsInserted != inserted)
                throw new InvalidOperationException($"expected {inserted} facts inserted, found {result.FactsInserted}");
        }
    }

    /// <summary>Makes the baseline's table and the facts as the transform will make them.</summary>
    private async Task<IReadOnlyList<Fact>> PrepareAsync(IReadOnlyList<StagedDocument> batch, CancellationToken ct)
    {
        await ExecuteAsync("""
            drop schema if exists bench cascade;
            create schema bench;
            create table bench.fact_cell (like dw.fact_cell including all) partition by range (year_key);
            """, ct);
        foreach (var year in batch.Select(document => document.Result.Report!.Identity.Year).Distinct())
        {
            await ExecuteAsync(string.Create(CultureInfo.InvariantCulture,
                $"create table bench.fact_cell_{year} partition of bench.fact_cell for values from ({year}) to ({year + 1})"), ct);
        }

        var positions = reference.Forms.Single(form => form.Code == "2021").Cells.ToDictionary(cell => cell.Code, cell => cell.Position);
        return [.. batch.SelectMany(document => document.Result.Report!.Cells.Select(cell => new Fact(
            NaturalKey.OfText(document.Result.Report.Identity.Agency!), NaturalKey.OfSha256(document.Sha256), 2_021_000 + positions[cell.Code],
            "reported", (short)document.Result.Report.Identity.Year, cell.Value)))];
    }

    private Task EmptyAsync(CancellationToken ct) => ExecuteAsync("""
        truncate bench.fact_cell, stg.document, stg.report_reading, stg.narrative, stg.section, stg.finding, stg.witness, ops.pending_document,
            dw.fact_cell, dw.fact_check, dw.fact_narrative, dw.dim_document, dw.document_capture, dw.report_period, dw.agency_link, dw.dim_agency,
            dw.unplaced_document, dw.document_witness, mart.division_total, mart.agency_measure;
        """, ct);

    private async Task CopyAsync(IReadOnlyList<Fact> facts, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var importer = await connection.BeginBinaryImportAsync(
            "copy bench.fact_cell (agency_key, document_key, cell_key, state, year_key, value) from stdin (format binary)", ct);
        foreach (var fact in facts)
        {
            await importer.StartRowAsync(ct);
            await importer.WriteAsync(fact.AgencyKey, NpgsqlDbType.Bigint, ct);
            await importer.WriteAsync(fact.DocumentKey, NpgsqlDbType.Bigint, ct);
            await importer.WriteAsync(fact.CellKey, NpgsqlDbType.Integer, ct);
            // An enumeration travels as its label.
            await importer.WriteAsync(fact.State, NpgsqlDbType.Text, ct);
            await importer.WriteAsync(fact.YearKey, NpgsqlDbType.Smallint, ct);
            await importer.WriteAsync(fact.Value, NpgsqlDbType.Numeric, ct);
        }

        await importer.CompleteAsync(ct);
    }

    private int Report(int facts)
    {
        var median = seconds.ToDictionary(pair => pair.Key, pair => pair.Value.Order().ElementAt(pair.Value.Count / 2));
        var load = seconds["stage"].Zip(seconds["transform"], (stage, transform) => stage + transform).Order().ElementAt(rounds / 2);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"load: {reports} reports, {facts} facts, median of {rounds} rounds"));
        Print("bare COPY into the same table", median["copy"]);
        Print("stage", median["stage"]);
        Print("transform", median["transform"]);
        Print("stage + transform, new reports", load);
        Print("the same reports again, unchanged", median["again"]);
        Print("corrected reports", median["corrected"]);
        var ratio = load / median["copy"];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"goal: stage + transform within {Goal:0.0} x COPY: {(ratio <= Goal ? "reached" : "missed")} ({ratio:0.00})"));
        return ratio <= Goal ? 0 : 1;

        void Print(string what, double time) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {what,-36} {time * 1000,8:0} ms {time / median["copy"],7:0.00} x COPY"));
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var clock = Stopwatch.StartNew();
        await work();
        return clock.Elapsed.TotalSeconds;
    }

    private async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        // The texts stand above.
#pragma warning disable CA2100
        await using var command = database.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(ct);
    }

    private sealed record Fact(long AgencyKey, long DocumentKey, int CellKey, string State, short YearKey, decimal? Value);
}
