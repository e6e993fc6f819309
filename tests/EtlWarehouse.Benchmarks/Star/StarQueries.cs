using System.Globalization;

namespace EtlWarehouse.Benchmarks.Star;

/// <summary>What the queries ask for.</summary>
/// <param name="Cell">Code of the cell, which is the concept <c>requests.received</c>.</param>
/// <param name="Position">Its place in the form.</param>
/// <param name="Denied">Places of the eight reasons of denial.</param>
/// <param name="Handled">Place of the total that was handled.</param>
internal sealed record StarSubject(string AgencyCode, string Province, int Year, string Cell, int Position, IReadOnlyList<int> Denied, int Handled);

/// <summary>One question, asked of the facts, of the marts, and of DuckDB's wide table.</summary>
/// <param name="Dw">The same text for PostgreSQL and for DuckDB's narrow and sorted tables; <c>dw.fact_cell</c> stands for the table.</param>
internal sealed record StarQuery(string Name, string Dw, string Mart, string Wide)
{
    public static IReadOnlyList<StarQuery> All(StarSubject subject)
    {
        var cell = $"cell.form = '2021' and cell.cell_code = '{subject.Cell}'";
        var wide = string.Create(CultureInfo.InvariantCulture, $"c{subject.Position}");
        var (year, last) = (subject.Year, subject.Year - 1);
        var denied = string.Join(" + ", subject.Denied.Select(position => string.Create(CultureInfo.InvariantCulture, $"c{position}")));
        return
        [
            new("Q1 one cell, one agency, all years",
                $"""
                select fact.year_key, fact.value from dw.fact_cell as fact inner join dw.dim_agency as agency using (agency_key)
                inner join dw.dim_cell as cell using (cell_key) where agency.agency_code = '{subject.AgencyCode}' and {cell} order by fact.year_key
                """,
                $"select year, value from mart.cell where agency_code = '{subject.AgencyCode}' and form = '2021' and cell_code = '{subject.Cell}' order by year",
                $"select year_key, {wide} from wide inner join dw.dim_agency as agency using (agency_key) where agency.agency_code = '{subject.AgencyCode}' order by year_key"),
            new("Q2 one cell, one year, ranks in a province",
                $"""
                select agency.agency_name, rank() over (order by fact.value desc), fact.value from dw.fact_cell as fact
                inner join dw.dim_agency as agency using (agency_key) inner join dw.dim_division as division using (division_key)
                inner join dw.dim_cell as cell using (cell_key) where division.province = '{subject.Province}' and fact.year_key = {year} and {cell}
                """,
                $"""
                select agency_name, rank() over (order by value desc), value from mart.cell
                where province = '{subject.Province}' and year = {year} and form = '2021' and cell_code = '{subject.Cell}'
                """,
                $"""
                select agency.agency_name, rank() over (order by {wide} desc), {wide} from wide inner join dw.dim_agency as agency using (agency_key)
                inner join dw.dim_division as division using (division_key) where division.province = '{subject.Province}' and year_key = {year}
                """),
            new("Q3 year on year of one cell by county",
                $"""
                select division.division_code, sum(fact.value) filter (where fact.year_key = {last}), sum(fact.value) filter (where fact.year_key = {year})
                from dw.fact_cell as fact inner join dw.dim_agency as agency using (agency_key) inner join dw.dim_division as division using (division_key)
                inner join dw.dim_cell as cell using (cell_key) where fact.year_key in ({last}, {year}) and {cell} group by division.division_code
                """,
                $"""
                select division_code, sum(value_sum) filter (where year = {last}), sum(value_sum) filter (where year = {year}) from mart.division_cell
                where division_level = 'county' and year in ({last}, {year}) and form = '2021' and cell_code = '{subject.Cell}' group by division_code
                """,
                $"""
                select division.division_code, sum({wide}) filter (where year_key = {last}), sum({wide}) filter (where year_key = {year}) from wide
                inner join dw.dim_agency as agency using (agency_key) inner join dw.dim_division as division using (division_key)
                where year_key in ({last}, {year}) group by division.division_code
                """),
            new("Q4 percentiles of one cell by kind",
                $"""
                select agency.agency_kind, percentile_cont(0.25) within group (order by fact.value), percentile_cont(0.75) within group (order by fact.value),
                percentile_cont(0.5) within group (order by fact.value) from dw.fact_cell as fact inner join dw.dim_agency as agency using (agency_key)
                inner join dw.dim_cell as cell using (cell_key) where fact.year_key = {year} and {cell} group by agency.agency_kind
                """,
                $"""
                select agency_kind, percentile_cont(0.25) within group (order by value), percentile_cont(0.75) within group (order by value),
                percentile_cont(0.5) within group (order by value) from mart.cell
                where year = {year} and form = '2021' and cell_code = '{subject.Cell}' group by agency_kind
                """,
                $"""
                select agency.agency_kind, percentile_cont(0.25) within group (order by {wide}), percentile_cont(0.75) within group (order by {wide}),
                percentile_cont(0.5) within group (order by {wide}) from wide inner join dw.dim_agency as agency using (agency_key)
                where year_key = {year} group by agency.agency_kind
                """),
            new("Q5 refusal rate by county and year",
                $"""
                select division.division_code, fact.year_key, sum(fact.value) filter (where cell.row_code <> 'requests.result.total')
                / nullif(sum(fact.value) filter (where cell.row_code = 'requests.result.total'), 0) from dw.fact_cell as fact
                inner join dw.dim_agency as agency using (agency_key) inner join dw.dim_division as division using (division_key)
                inner join dw.dim_cell as cell using (cell_key) where cell.form = '2021' and cell.column_code = 'total'
                and (cell.row_code like 'requests.result.denied.%' or cell.row_code = 'requests.result.total') group by division.division_code, fact.year_key
                """,
                """
                select division_code, year, sum(value_sum) filter (where cell_code <> 'requests.result.total/total')
                / nullif(sum(value_sum) filter (where cell_code = 'requests.result.total/total'), 0) from mart.division_cell
                where division_level = 'county' and form = '2021' and (cell_code like 'requests.result.denied.%/total' or cell_code = 'requests.result.total/total')
                group by division_code, year
                """,
                $"""
                select division.division_code, year_key, sum({denied}) / nullif(sum(c{subject.Handled}), 0) from wide inner join dw.dim_agency as agency using (agency_key)
                inner join dw.dim_division as division using (division_key) group by division.division_code, year_key
                """),
            new("Q6a one cell of a year by prefecture",
                $"""
                select division.province, division.prefecture, sum(fact.value) from dw.fact_cell as fact inner join dw.dim_agency as agency using (agency_key)
                inner join dw.dim_division as division using (division_key) inner join dw.dim_cell as cell using (cell_key)
                where fact.year_key = {year} and division.prefecture is not null and {cell} group by division.province, division.prefecture
                """,
                $"""
                select province, prefecture, sum(value_sum) from mart.division_cell where division_level = 'prefecture' and year = {year} and form = '2021'
                and cell_code = '{subject.Cell}' group by province, prefecture
                """,
                $"""
                select division.province, division.prefecture, sum({wide}) from wide inner join dw.dim_agency as agency using (agency_key)
                inner join dw.dim_division as division using (division_key) where year_key = {year} and division.prefecture is not null
                group by division.province, division.prefecture
                """),
            new("Q6b all cells of a year by province",
                $"""
                select division.province, fact.cell_key, sum(fact.value) from dw.fact_cell as fact inner join dw.dim_agency as agency using (agency_key)
                inner join dw.dim_division as division using (division_key) where fact.year_key = {year} group by division.province, fact.cell_key
                """,
                $"""
                select province, cell_code, sum(value_sum) from mart.division_cell where division_level = 'province' and year = {year} and n_reports > 0
                group by province, cell_code
                """,
                ""),
        ];
    }
}
