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
with corrected as materialized (
    -- Reports that come and go on the same form: only their cells that differ move a sum.
    select added.agency_key, added.year_key, added.document_key
    from ops.summary_scope as added
    inner join ops.summary_scope as removed using (agency_key, year_key, form)
    where added.is_added
        and not removed.is_added
),
member as (
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
-- A number stands for each row to be, because cells are grouped by it a hundred thousand times.
target as materialized (
    select
        member.*,
        corrected.document_key is not null as is_corrected,
        dense_rank() over (
            order by member.year_key, member.division_code, member.agency_level, member.agency_kind, member.form
        )::integer as target_no
    from member
    left join corrected using (agency_key, year_key)
),
touched as materialized (
    select distinct target.target_no, target.year_key, target.division_code, target.agency_level, target.agency_kind, target.form
    from target
),
layout as materialized (
    select
        layout.layout_key,
        array_agg(cell.position order by coded.place) as positions,
        array_agg(cell.cell_key order by coded.place) as cell_keys
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
    using touched
    where total.year_key = touched.year_key
        and total.division_code = touched.division_code
        and total.agency_level = touched.agency_level
        and total.agency_kind = touched.agency_kind
        and total.form = touched.form
    returning touched.target_no, total.n_reports, total.n_reported, total.n_nonzero, total.value_sum
),
-- Three quarters of what agencies report is zero: it counts as reported and moves no sum, so that only the rest is looked at cell by cell.
printed as materialized (
    select scope.agency_key, scope.year_key, cell.position, cell.value
    from ops.summary_scope as scope
    inner join stg.report_reading as reading using (document_key)
    inner join layout using (layout_key)
    cross join lateral unnest(layout.positions, reading.cell_values) as cell (position, value)
    left join corrected using (agency_key, year_key)
    where scope.is_added
        and corrected.agency_key is null
        and cell.value is distinct from 0
),
corrected_cell as (
    select corrected.agency_key, corrected.year_key, cell.cell_key, cell.position, cell.value
    from corrected
    inner join stg.report_reading as reading using (document_key)
    inner join layout using (layout_key)
    cross join lateral unnest(layout.cell_keys, layout.positions, reading.cell_values) as cell (cell_key, position, value)
),
earlier_cell as (
    select corrected.agency_key, corrected.year_key, replaced.cell_key, replaced.value
    from corrected
    inner join ops.replaced_cell as replaced
        on replaced.previous_agency_key = corrected.agency_key
        and replaced.year_key = corrected.year_key
),
-- A cell that only one of them prints has no row on the other side.
moved as materialized (
    select
        coalesce(later.agency_key, earlier.agency_key) as agency_key,
        coalesce(later.year_key, earlier.year_key) as year_key,
        -- Sought one by one only for what is printed no more.
        coalesce(later.position, (select cell.position from dw.dim_cell as cell where cell.cell_key = earlier.cell_key)) as position,
        case when later.cell_key is null then 0 else 1 end - case when earlier.cell_key is null then 0 else 1 end as n_reports,
        case when later.value is null then 0 else 1 end - case when earlier.value is null then 0 else 1 end as n_reported,
        case when later.value <> 0 then 1 else 0 end - case when earlier.value <> 0 then 1 else 0 end as n_nonzero,
        -- What is missing moves no sum; whether there is one at all follows from the reports that have a value.
        coalesce(later.value, 0) - coalesce(earlier.value, 0) as value_sum
    from corrected_cell as later
    full join earlier_cell as earlier
        on earlier.agency_key = later.agency_key
        and earlier.year_key = later.year_key
        and earlier.cell_key = later.cell_key
    where later.value is distinct from earlier.value
        or later.cell_key is null
        or earlier.cell_key is null
),
part as (
    select
        reports.target_no, cell.position, reports.n_reports, reports.n_reports as n_reported, 0 as n_nonzero, 0 as value_sum
    from (
        select target.target_no, reading.layout_key, count(*) as n_reports
        from target
        inner join stg.report_reading as reading using (document_key)
        where target.is_added
            and not target.is_corrected
        group by target.target_no, reading.layout_key
    ) as reports
    inner join layout using (layout_key)
    cross join lateral unnest(layout.positions) as cell (position)
    union all
    select
        target.target_no, printed.position, 0, case when printed.value is null then -1 else 0 end,
        case when printed.value is null then 0 else 1 end, printed.value
    from target
    inner join printed using (agency_key, year_key)
    where target.is_added
    union all
    select
        target.target_no, cell.position, -1, case when replaced.value is null then 0 else -1 end,
        case when replaced.value <> 0 then -1 else 0 end, -replaced.value
    from target
    inner join ops.replaced_cell as replaced
        on replaced.previous_agency_key = target.agency_key
        and replaced.year_key = target.year_key
    inner join dw.dim_cell as cell using (cell_key)
    where not target.is_added
        and not target.is_corrected
    union all
    select target.target_no, moved.position, moved.n_reports, moved.n_reported, moved.n_nonzero, moved.value_sum
    from target
    inner join moved using (agency_key, year_key)
    where target.is_added
        and target.is_corrected
    union all
    select
        standing.target_no, summed.position::smallint, summed.n_reports, summed.n_reported, summed.n_nonzero, summed.value_sum
    from standing
    cross join lateral unnest(standing.n_reports, standing.n_reported, standing.n_nonzero, standing.value_sum)
        with ordinality as summed (n_reports, n_reported, n_nonzero, value_sum, position)
),
total as (
    select
        part.target_no, part.position,
        sum(part.n_reports)::integer as n_reports,
        sum(part.n_reported)::integer as n_reported,
        sum(part.n_nonzero)::integer as n_nonzero,
        trim_scale(sum(part.value_sum)) as value_sum
    from part
    group by part.target_no, part.position
),
kept as (
    select total.target_no
    from total
    group by total.target_no
    having max(total.n_reports) > 0
),
-- Every position of the form has its place, so that a place in the array is the position.
place as (
    select
        touched.target_no, cell.position,
        coalesce(total.n_reports, 0) as n_reports,
        coalesce(total.n_reported, 0) as n_reported,
        coalesce(total.n_nonzero, 0) as n_nonzero,
        case when total.n_reported > 0 then total.value_sum end as value_sum
    from touched
    inner join kept using (target_no)
    inner join dw.dim_cell as cell using (form)
    left join total
        on total.target_no = touched.target_no
        and total.position = cell.position
),
gathered as (
    select
        place.target_no,
        array_agg(place.n_reports order by place.position) as n_reports,
        array_agg(place.n_reported order by place.position) as n_reported,
        array_agg(place.n_nonzero order by place.position) as n_nonzero,
        array_agg(place.value_sum order by place.position) as value_sum
    from place
    group by place.target_no
)
insert into mart.division_total (
    year_key, division_code, agency_level, agency_kind, form, n_reports, n_reported, n_nonzero, value_sum
)
select
    touched.year_key, touched.division_code, touched.agency_level, touched.agency_kind, touched.form,
    gathered.n_reports, gathered.n_reported, gathered.n_nonzero, gathered.value_sum
from touched
inner join gathered using (target_no);
