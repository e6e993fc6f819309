using System.Globalization;
using Npgsql;

namespace EtlWarehouse.App.Ingestion;

/// <summary>A table that compares the divisions of one level in the newest year, for people.</summary>
/// <param name="Title">What is compared.</param>
/// <param name="Columns">First the division, then one a concept; a <c>#</c> at the end marks numbers.</param>
public sealed record CountyComparison(string Title, IReadOnlyList<string> Columns, IReadOnlyList<string?[]> Rows)
{
    // What people ask first; the marts hold all the others.
    private static readonly string[] Concepts =
        ["requests.received", "requests.granted", "requests.denied", "reviews.total", "penalties.decisions", "normative_documents.in_force"];

    /// <summary>Compares the kind of agency that most counties of the pipeline's divisions have.</summary>
    /// <param name="divisions">Codes of the divisions to compare; the newest year in which any of them reported is taken.</param>
    /// <returns>Null where fewer than two divisions can be compared.</returns>
    public static async Task<CountyComparison?> OfAsync(NpgsqlDataSource reader, IReadOnlyCollection<string> divisions, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(reader);
        await using var command = reader.CreateCommand("""
            with peer_group as (
                select coverage.year, coverage.agency_kind, coverage.level
                from mart.coverage as coverage
                where coverage.division_code = any($1)
                    and coverage.agency_kind is not null
                    and coverage.state <> 'absent'
                group by coverage.year, coverage.agency_kind, coverage.level
                having count(distinct coverage.division_code) > 1
                order by coverage.year desc, coverage.level = 'county' desc, count(distinct coverage.division_code) desc,
                    coverage.agency_kind = 'people_government' desc, coverage.agency_kind
                limit 1
            )
            select
                comparison.year, kind.label_zh, coalesce(comparison.county, comparison.prefecture, comparison.province) as place,
                comparison.concept_code, comparison.concept_label, comparison.unit, comparison.state, comparison.value,
                comparison.rank, comparison.n_reported, comparison.n_expected, comparison.change_pct
            from mart.county_comparison as comparison
            inner join peer_group using (year, agency_kind, level)
            inner join dw.dim_agency_kind as kind
                on kind.agency_kind = comparison.agency_kind
            where comparison.division_code = any($1)
                and comparison.concept_code = any($2)
            order by comparison.division_code
            """);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. divisions] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = Concepts });

        var cells = new Dictionary<(string Place, string Concept), string>();
        var places = new List<string>();
        var labels = new Dictionary<string, string>();
        string? title = null;
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            var (place, concept) = (rows.GetString(2), rows.GetString(3));
            title ??= string.Create(CultureInfo.InvariantCulture,
                $"区县对比 · county comparison: {rows.GetInt32(0)} 年度，{rows.GetString(1)}（数值、组内名次、同比 · value, rank, year-on-year; 已报 reported {rows.GetInt64(9)}/{rows.GetInt64(10)}）");
            if (!places.Contains(place))
                places.Add(place);
            labels[concept] = $"{rows.GetString(4)}（{rows.GetString(5)}）";
            cells[(place, concept)] = Cell(rows);
        }

        if (title is null)
            return null;
        var concepts = Concepts.Where(labels.ContainsKey).ToList();
        return new CountyComparison(
            title,
            ["地区", .. concepts.Select(concept => labels[concept] + "#")],
            [.. places.Select(place => new[] { place }.Concat(concepts.Select(concept => cells.GetValueOrDefault((place, concept), "—"))).ToArray())]);
    }

    /// <summary>Missing is said in words, so that nobody takes it for zero.</summary>
    private static string Cell(NpgsqlDataReader row)
    {
        if (row.IsDBNull(7))
            return row.GetString(6) == "absent" ? "未见年报 absent" : "不全 incomplete";
        var value = row.GetDecimal(7).ToString("#,0.####", CultureInfo.InvariantCulture);
        var change = row.IsDBNull(11) ? "" : string.Create(CultureInfo.InvariantCulture, $" {row.GetDecimal(11):+0.0;-0.0;0.0}%");
        // Among fewer peers than the mart ranks there is no rank.
        return row.IsDBNull(8) ? $"{value}{change}" : string.Create(CultureInfo.InvariantCulture, $"{value} (第{row.GetInt64(8)}{change})");
    }
}
