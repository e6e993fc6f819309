using System.Diagnostics;
using EtlWarehouse.App;
using EtlWarehouse.Loading;
using EtlWarehouse.Loading.Staging;
using EtlWarehouse.Loading.Transforms;
using EtlWarehouse.Parsing.Registers;
using Npgsql;
using NpgsqlTypes;

namespace EtlWarehouse.Benchmarks.Star;

/// <summary>
/// What corrected and unchanged reports cost beside bare binary COPY of as many facts into the same table, full as it is.
/// All values of a corrected report are drawn anew.
/// </summary>
internal sealed class StarChanges(
    NpgsqlDataSource owner, WarehouseSettings settings, ReferenceData reference, GeneratedReports generated, int counties, int bodies, int[] years, Goals goals)
{
    private const int Reports = 1000;
    private const int Rounds = 3;
    private static readonly string[] Ways = ["copy", "stage", "transform", "again", "nothing"];

    public async Task RunAsync(CancellationToken ct)
    {
        var total = counties * bodies * years.Length;
        var step = Math.Max(1, total / Reports);
        var runner = new TransformRunner(owner, settings.SqlFolder, reference);
        var stager = new StagingWriter(owner);
        var seconds = Ways.ToDictionary(way => way, _ => new List<double>());
        // Revisions of earlier runs on a kept warehouse stand already; each was published a day after the one before.
        var first = (int)await StarBenchmark.ScalarAsync(owner, "select max(extract(day from published_on)) - 9 from dw.dim_document", ct);
        for (var round = 0; round <= Rounds; round++)
        {
            var revision = first + round;
            var changed = generated.Star(counties, bodies, years, revision).Where((_, index) => index % step == revision % step).Take(Reports).ToList();
            var facts = await FactsAsync(changed, ct);
            double[] times =
            [
                await TimeAsync(() => CopyAsync(facts, ct)),
                await TimeAsync(() => stager.WriteAsync(changed, ct: ct)),
                await TimeAsync(() => TransformAsync(changed.Count)),
                await TimeAsync(() => stager.WriteAsync(changed, ct: ct)),
                await TimeAsync(() => TransformAsync(0)),
            ];
            await WarehouseUpkeep.RunAsync(owner, ct);
            if (round > 0)
            {
                foreach (var (way, time) in Ways.Zip(times))
                    seconds[way].Add(time);
            }
        }

        var median = seconds.ToDictionary(each => each.Key, each => each.Value.Order().ElementAt(each.Value.Count / 2));
        Console.WriteLine(StarBenchmark.Text($"{Reports} reports of {Reports * 200} facts into {total * 200L} facts, medians of {Rounds} rounds:"));
        foreach (var (way, name) in Ways.Zip(["bare COPY", "corrected: stage", "corrected: transform", "unchanged: stage", "unchanged: transform"]))
            Console.WriteLine(StarBenchmark.Text($"  {name,-24} {median[way] * 1000,8:0} ms {median[way] / median["copy"],6:0.00} x COPY"));
        goals.Add("corrected reports transformed, x COPY", median["transform"] / median["copy"], atMost: 2.0);
        goals.Add("unchanged reports, x COPY", (median["again"] + median["nothing"]) / median["copy"], atMost: 0.2);

        async Task TransformAsync(int reports)
        {
            var result = await runner.RunAsync(ct);
            if (result.ReportsChanged != reports)
                throw new InvalidOperationException($"expected {reports} reports changed, found {result.ReportsChanged}");
        }

        async Task<double> TimeAsync(Func<Task> work)
        {
            // Each way pays for its own pages in the log.
            await StarBenchmark.ScalarAsync(owner, "checkpoint; select 1", ct);
            var clock = Stopwatch.StartNew();
            await work();
            return clock.Elapsed.TotalSeconds;
        }
    }

    /// <summary>The facts of these reports, of agencies that do not exist: their keys lie among those that do.</summary>
    private async Task<IReadOnlyList<(long Agency, long Document, int Cell, short Year, decimal? Value)>> FactsAsync(
        IReadOnlyList<StagedDocument> documents, CancellationToken ct)
    {
        var cells = new Dictionary<string, int>(StringComparer.Ordinal);
        await using (var command = owner.CreateCommand("select cell_code, cell_key from dw.dim_cell where form = '2021'"))
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                cells.Add(reader.GetString(0), reader.GetInt32(1));
        }

        return [.. documents.SelectMany(document => document.Result.Report!.Cells.Select(cell => (
            NaturalKey.OfText(document.Url), NaturalKey.OfSha256(document.Sha256), cells[cell.Code], (short)document.Result.Report.Identity.Year, cell.Value)))];
    }

    private async Task CopyAsync(IReadOnlyList<(long Agency, long Document, int Cell, short Year, decimal? Value)> facts, CancellationToken ct)
    {
        await using var connection = await owner.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var importer = await connection.BeginBinaryImportAsync(
            "copy dw.fact_cell (agency_key, document_key, cell_key, state, year_key, value) from stdin (format binary)", ct))
        {
            foreach (var fact in facts)
            {
                await importer.StartRowAsync(ct);
                await importer.WriteAsync(fact.Agency, NpgsqlDbType.Bigint, ct);
                await importer.WriteAsync(fact.Document, NpgsqlDbType.Bigint, ct);
                await importer.WriteAsync(fact.Cell, NpgsqlDbType.Integer, ct);
                await importer.WriteAsync("reported", NpgsqlDbType.Text, ct);
                await importer.WriteAsync(fact.Year, NpgsqlDbType.Smallint, ct);
                await importer.WriteAsync(fact.Value, NpgsqlDbType.Numeric, ct);
            }

            await importer.CompleteAsync(ct);
        }

        // Taken back, so that the facts stay what the reports say; what a commit would add is one write of the log's end.
        await transaction.RollbackAsync(ct);
    }
}
