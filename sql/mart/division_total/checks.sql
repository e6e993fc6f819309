-- check: sums of a sample of the touched divisions are what their facts give
-- severity: fail
-- Up to twelve divisions, an eighth of their cells, others each year, summed anew from the facts.
with sample as (
    select distinct scope.year_key, division.division_code, scope.agency_level, scope.agency_kind, scope.form
    from (
        select scope.*, row_number() over (order by scope.agency_key, scope.year_key, scope.is_added) as place
        from ops.summary_scope as scope
    ) as scope
    inner join dw.dim_division as division
        on division.division_code in (left(scope.division_code, 4) || '00', left(scope.division_code, 2) || '0000')
        and division.valid_from <= make_date(scope.year_key, 12, 31)
        and division.valid_to > make_date(scope.year_key, 12, 31)
    where scope.place <= 4
),
fact as (
    select
        sample.year_key, sample.division_code, sample.agency_level, sample.agency_kind, sample.form, cell.position,
        count(fact.cell_key) as n_reports, count(fact.value) as n_reported, sum(fact.value) as value_sum
    from sample
    inner join dw.dim_cell as cell
        on cell.form = sample.form
        and cell.position % 8 = sample.year_key % 8
    left join (
        dw.fact_cell as fact
        inner join dw.dim_agency as agency using (agency_key)
        inner join dw.dim_division as division using (division_key)
    )
        on fact.cell_key = cell.cell_key
        and fact.year_key = sample.year_key
        and agency.level = sample.agency_level
        and coalesce(agency.agency_kind, 'unclassified') = sample.agency_kind
        and sample.division_code in (division.division_code, left(division.division_code, 4) || '00', left(division.division_code, 2) || '0000')
    group by sample.year_key, sample.division_code, sample.agency_level, sample.agency_kind, sample.form, cell.position
)
select
    fact.year_key, fact.division_code, fact.agency_level, fact.agency_kind, fact.form, fact.position,
    fact.n_reports, total.n_reports[fact.position] as found_reports,
    fact.value_sum, total.value_sum[fact.position] as found_sum
from fact
left join mart.division_total as total using (year_key, division_code, agency_level, agency_kind, form)
where (fact.n_reports, fact.n_reported, fact.value_sum) is distinct from
    (coalesce(total.n_reports[fact.position], 0), coalesce(total.n_reported[fact.position], 0), total.value_sum[fact.position]);
