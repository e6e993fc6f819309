-- What a transform changed is counted from the readings that came and the cells that went, so that a few corrected reports do not read
-- all facts.
create or replace view ops.transform_count as
with layout as materialized (
    select layout.layout_key, array_agg(cell.cell_key order by coded.place) as cell_keys
    from stg.reading_layout as layout
    cross join lateral unnest(layout.cell_codes) with ordinality as coded (cell_code, place)
    left join dw.dim_cell as cell
        on cell.form = layout.form
        and cell.cell_code = coded.cell_code
    group by layout.layout_key
),
counted as (
    select changed.year_key, changed.agency_key, changed.previous_agency_key, coalesce(cardinality(layout.cell_keys), 0) as cells
    from ops.changed_report as changed
    left join stg.report_reading as reading using (document_key)
    left join layout using (layout_key)
),
-- Of the agency-years that had facts before.
printed as (
    select changed.agency_key, changed.year_key, cell.cell_key, cell.value, cell.state
    from ops.changed_report as changed
    inner join stg.report_reading as reading using (document_key)
    inner join layout using (layout_key)
    cross join lateral unnest(layout.cell_keys, reading.cell_values, reading.cell_states) as cell (cell_key, value, state)
    where changed.previous_agency_key is not null
),
replaced as (
    select
        count(*) as cells,
        count(*) filter (where printed.cell_key is null) as removed,
        count(*) filter (
            where printed.cell_key is not null and (before.state::text, before.value) is distinct from (printed.state, printed.value)
        ) as changed,
        count(*) filter (where (before.state::text, before.value) is not distinct from (printed.state, printed.value)) as unchanged
    from ops.replaced_cell as before
    left join printed
        on printed.cell_key = before.cell_key
        and printed.agency_key = before.agency_key
        and printed.year_key = before.year_key
)
select
    (select count(*) from ops.pending_document) as documents_changed,
    (select count(*) from counted) as reports_changed,
    (select coalesce(sum(counted.cells), 0) from counted)::bigint - replaced.changed - replaced.unchanged as facts_inserted,
    replaced.changed as facts_changed,
    replaced.unchanged as facts_unchanged,
    replaced.removed as facts_removed
from replaced;
