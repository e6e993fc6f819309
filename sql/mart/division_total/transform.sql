-- grain:  one division, one reporting year, one level and kind of the agencies below it, one form
-- keys:   year_key, division_code, agency_level, agency_kind, form (unique)
-- source: ops.summary_scope, ops.replaced_cell, ops.pending_reference, stg.report_reading, stg.reading_layout,
-- source: dw.dim_cell, dw.dim_division
-- rerun:  adds what came and takes away what went, so a second run changes nothing
-- Numbers are exact, so that adding and taking away leaves what summing anew would give; the checks compare them.
delete from mart.division_total
where exists (
    select 1 from ops.pending_reference
    where object_name in ('dw.dim_division', 'dw.bridge_concept_cell')
);

-- Counties: departments together, because a county has seldom two of a kind and the facts answer for one. Above: by kind.
with target as materialized (
    select
        scope.is_added, scope.agency_key, scope.year_key, scope.document_key, scope.form, scope.agency_level,
        scope.division_code,
        case when scope.agency_kind = 'people_government' or scope.agency_level <> 'county' then scope.agency_kind else 'departments' end as agency_kind
    from ops.summary_scope as scope
    union all
    select
        scope.is_added, scope.agency_key, scope.year_key, scope.document_key, scope.form, scope.agency_level,
        parent.division_code, scope.agency_kind
    from ops.summary_scope as scope
    inner join dw.dim_division as parent
        on parent.division_code in (left(scope.division_code, 4) || '00', left(scope.division_code, 2) || '0000')
        and parent.division_code <> scope.division_code
        and parent.valid_from <= make_date(scope.year_key, 12, 31)
        and parent.valid_to > make_date(scope.year_key, 12, 31)
),
layout as materialized (
    select layout.layout_key, array_agg(cell.position order by coded.place) as positions
    from stg.reading_layout as layout
    cross join lateral unnest(layout.cell_codes) with ordinality as coded (cell_code, place)
    left join dw.dim_cell as cell
        on cell.form = layout.form
        and cell.cell_code = coded.cell_code
    group by layout.layout_key
),
-- The standing rows leave here and come back with the change.
standing as (
    delete from mart.division_total as total
    using (select distinct target.year_key, target.division_code, target.agency_level, target.agency_kind, target.form from target) as touched
    where total.year_key = touched.year_key
        and total.division_code = touched.division_code
        and total.agency_level = touched.agency_level
        and total.agency_kind = touched.agency_kind
        and total.form = touched.form
    returning
        total.year_key, total.division_code, total.agency_level, total.agency_kind, total.form,
        total.n_reports, total.n_reported, total.n_nonzero, total.value_sum
),
part as (
    select
        target.year_key, target.division_code, target.agency_level, target.agency_kind, target.form, printed.position,
        count(*) as n_reports,
        count(printed.value) as n_reported,
        count(*) filter (where printed.value <> 0) as n_nonzero,
        sum(printed.value) as value_sum
    from target
    inner join stg.report_reading as reading using (document_key)
    inner join layout using (layout_key)
    cross join lateral unnest(layout.positions, reading.cell_values) as printed (position, value)
    where target.is_added
    group by target.year_key, target.division_code, target.agency_level, target.agency_kind, target.form, printed.position
    union all
    select
        target.year_key, target.division_code, target.agency_level, target.agency_kind, target.form, cell.position,
        -count(*), -count(replaced.value), -count(*) filter (where replaced.value <> 0), -sum(replaced.value)
    from target
    inner join ops.replaced_cell as replaced
        on replaced.previous_agency_key = target.agency_key
        and replaced.year_key = target.year_key
    inner join dw.dim_cell as cell using (cell_key)
    where not target.is_added
    group by target.year_key, target.division_code, target.agency_level, target.agency_kind, target.form, cell.position
    union all
    select
        standing.year_key, standing.division_code, standing.agency_level, standing.agency_kind, standing.form, summed.position,
        summed.n_reports, summed.n_reported, summed.n_nonzero, summed.value_sum
    from standing
    cross join lateral unnest(standing.n_reports, standing.n_reported, standing.n_nonzero, standing.value_sum)
        with ordinality as summed (n_reports, n_reported, n_nonzero, value_sum, position)
),
total as (
    select
        part.year_key, part.division_code, part.agency_level, part.agency_kind, part.form, part.position,
        sum(part.n_reports)::integer as n_reports,
        sum(part.n_reported)::integer as n_reported,
        sum(part.n_nonzero)::integer as n_nonzero,
        trim_scale(sum(part.value_sum)) as value_sum
    from part
    group by part.year_key, part.division_code, part.agency_level, part.agency_kind, part.form, part.position
),
-- Every position of the form has its place, so that a place in the array is the position.
place as (
    select kept.*, cell.position
    from (
        select total.year_key, total.division_code, total.agency_level, total.agency_kind, total.form
        from total
        group by total.year_key, total.division_code, total.agency_level, total.agency_kind, total.form
        having max(total.n_reports) > 0
    ) as kept
    inner join dw.dim_cell as cell using (form)
)
insert into mart.division_total (
    year_key, division_code, agency_level, agency_kind, form, n_reports, n_reported, n_nonzero, value_sum
)
select
    place.year_key, place.division_code, place.agency_level, place.agency_kind, place.form,
    array_agg(coalesce(total.n_reports, 0) order by place.position),
    array_agg(coalesce(total.n_reported, 0) order by place.position),
    array_agg(coalesce(total.n_nonzero, 0) order by place.position),
    array_agg(case when total.n_reported > 0 then total.value_sum end order by place.position)
from place
left join total using (year_key, division_code, agency_level, agency_kind, form, position)
group by place.year_key, place.division_code, place.agency_level, place.agency_kind, place.form;
