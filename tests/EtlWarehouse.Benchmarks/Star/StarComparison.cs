using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace EtlWarehouse.Benchmarks.Star;

/// <summary>The analysts' queries on PostgreSQL's facts and marts and on DuckDB's three layouts, taking turns; all must give the same answer.</summary>
internal sealed class StarComparison(NpgsqlDataSource owner, DuckDb duck, string home, int rounds, Goals goals)
{
    private const double LongestMilliseconds = 300;
    private static readonly string[] Layouts = ["dw", "mart", "narrow", "sorted", "wide"];

    public async Task RunAsync(CancellationToken ct)
    {
        await FillAsync(ct);
        var subject = await SubjectAsync(ct);
        Console.WriteLine($"{"medians, ms",-44} {"dw",8} {"mart",8} {"narrow",8} {"sorted",8} {"wide",8}   dw/narrow mart/best");
        foreach (var query in StarQuery.All(subject))
        {
            var times = Layouts.ToDictionary(layout => layout, _ => new List<double>());
            QueryAnswer? expected = null;
            // The first round warms up and is not counted.
            for (var round = 0; round <= rounds; round++)
            {
                foreach (var layout in Layouts)
                {
                    if (layout == "wide" && query.Wide.Length == 0)
                        continue;
                    var answer = await AskAsync(query, layout, ct);
                    expected ??= answer;
                    if (answer.Rows != expected.Rows || Math.Abs(answer.Sum - expected.Sum) > 1e-6 * Math.Max(1, Math.Abs(expected.Sum)))
                        throw new InvalidOperationException(StarBenchmark.Text($"{query.Name} on {layout}: expected {expected.Rows} rows with sum {expected.Sum}, found {answer.Rows} with {answer.Sum}"));
                    if (round > 0)
                        times[layout].Add(answer.Milliseconds);
                }
            }

            Report(query, times.Where(each => each.Value.Count > 0).ToDictionary(each => each.Key, each => each.Value.Order().ElementAt(each.Value.Count / 2)));
        }
    }

    private void Report(StarQuery query, Dictionary<string, double> median)
    {
        var best = new[] { "narrow", "sorted", "wide" }.Where(median.ContainsKey).Min(layout => median[layout]);
        var (onDw, onMart) = (median["dw"] / median["narrow"], median["mart"] / best);
        Console.WriteLine($"{query.Name,-44} {string.Join(' ', Layouts.Select(layout => median.TryGetValue(layout, out var time) ? StarBenchmark.Text($"{time,8:0.0}") : $"{"",8}"))}"
            + StarBenchmark.Text($"   {onDw,9:0.00} {onMart,9:0.00}"));
        goals.Add($"{query.Name}, dw against DuckDB narrow", onDw, atMost: 1.0);
        goals.Add($"{query.Name}, mart against DuckDB's best", onMart, atMost: 1.0);
        goals.Add($"{query.Name}, mart, ms", median["mart"], atMost: LongestMilliseconds);
    }

    private Task<QueryAnswer> AskAsync(StarQuery query, string layout, CancellationToken ct) => layout switch
    {
        "dw" => AskPostgresAsync(query.Dw, ct),
        "mart" => AskPostgresAsync(query.Mart, ct),
        "wide" => duck.RunAsync(query.Wide, ct),
        _ => duck.RunAsync(query.Dw.Replace("dw.fact_cell", layout, StringComparison.Ordinal), ct),
    };

    private async Task<QueryAnswer> AskPostgresAsync(string sql, CancellationToken ct)
    {
        await using var connection = await owner.OpenConnectionAsync(ct);
        // The texts are those of StarQuery.
#pragma warning disable CA2100
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        var (rows, sum) = (0L, 0.0);
        var clock = Stopwatch.StartNew();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            rows++;
            var last = reader.GetValue(reader.FieldCount - 1);
            sum += last is DBNull ? 0 : Convert.ToDouble(last, CultureInfo.InvariantCulture);
        }

        return new QueryAnswer(clock.Elapsed.TotalMilliseconds, rows, sum);
    }

    private async Task FillAsync(CancellationToken ct)
    {
        var folder = Path.Combine(home, "exported");
        Directory.CreateDirectory(folder);
        await duck.RunAsync("create schema dw", ct);
        await ExportAsync("dw.dim_agency", "agency_key, agency_code, agency_name, agency_kind, level, division_key");
        await ExportAsync("dw.dim_division", "division_key, division_code, name, level, province, prefecture, county");
        await ExportAsync("dw.dim_cell", "cell_key, form, cell_code, row_code, column_code, position");
        await ExportAsync("dw.fact_cell", "agency_key, document_key, cell_key, state, year_key, value");
        await duck.RunAsync("create table dw.dim_agency as from read_csv('" + Path.Combine(folder, "dw.dim_agency.csv") + "', types = {'agency_code': 'varchar'})", ct);
        await duck.RunAsync("create table dw.dim_division as from read_csv('" + Path.Combine(folder, "dw.dim_division.csv") + "', types = {'division_code': 'varchar'})", ct);
        await duck.RunAsync("create table dw.dim_cell as from read_csv('" + Path.Combine(folder, "dw.dim_cell.csv") + "', types = {'form': 'varchar'})", ct);
        // By report, as a loader writes it.
        await duck.RunAsync("create table narrow as select agency_key, document_key, cell_key::integer as cell_key, state, year_key::smallint as year_key, value from read_csv('"
            + Path.Combine(folder, "dw.fact_cell.csv") + "', types = {'value': 'decimal(18,4)', 'state': 'varchar'}) order by agency_key, year_key, cell_key", ct);
        await duck.RunAsync("create table sorted as from narrow order by cell_key, year_key, agency_key", ct);
        var columns = string.Join(", ", Enumerable.Range(1, 200).Select(position => StarBenchmark.Text($"cells[{position}] as c{position}")));
        await duck.RunAsync($"create table wide as select agency_key, year_key, {columns} from (select agency_key, year_key, list(value order by cell_key) as cells from narrow group by all)", ct);
        Directory.Delete(folder, recursive: true);

        async Task ExportAsync(string table, string list)
        {
            await using var connection = await owner.OpenConnectionAsync(ct);
            using var source = await connection.BeginTextExportAsync($"copy (select {list} from {table}) to stdout (format csv, header)", ct);
            await using var target = new StreamWriter(Path.Combine(folder, table + ".csv"));
            var buffer = new char[1 << 16];
            int read;
            while ((read = await source.ReadAsync(buffer, ct)) > 0)
                await target.WriteAsync(buffer.AsMemory(0, read), ct);
        }
    }

    private async Task<StarSubject> SubjectAsync(CancellationToken ct)
    {
        await using var command = owner.CreateCommand("""
            select
                (select min(agency_code) from dw.dim_agency),
                (select division.province from dw.dim_agency inner join dw.dim_division as division using (division_key) group by 1 order by count(*) desc, 1 limit 1),
                (select position from dw.dim_cell where form = '2021' and cell_code = 'requests.new/total'),
                (select array_agg(position) from dw.dim_cell where form = '2021' and column_code = 'total' and row_code like 'requests.result.denied.%'),
                (select position from dw.dim_cell where form = '2021' and cell_code = 'requests.result.total/total')
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new StarSubject(
            reader.GetString(0), reader.GetString(1), 2023, "requests.new/total", reader.GetInt16(2),
            [.. reader.GetFieldValue<short[]>(3).Select(position => (int)position)], reader.GetInt16(4));
    }
}
