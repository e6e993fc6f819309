-- grain:  one agency, one reporting year, one cell of that year's current report
-- keys:   agency_key, year_key, cell_key (unique)
-- source: stg.report_reading, stg.reading_layout, ops.changed_report, dw.dim_cell
-- rerun:  replaces the changed reports' rows, so a second run changes nothing
truncate ops.replaced_cell;

-- The cells of the earlier form are named one by one because the key begins with the cell.
with replaced as (
    delete from dw.fact_cell as fact
    using ops.changed_report as changed
    inner join dw.dim_cell as cell
        on cell.form = changed.previous_form
    where fact.cell_key = cell.cell_key
        and fact.agency_key = changed.previous_agency_key
        and fact.year_key = changed.year_key
    returning changed.agency_key, fact.year_key, fact.cell_key, fact.value, fact.state
)
insert into ops.replaced_cell (agency_key, year_key, cell_key, value, state)
select replaced.agency_key, replaced.year_key, replaced.cell_key, replaced.value, replaced.state
from replaced;

insert into dw.fact_cell (agency_key, document_key, cell_key, state, year_key, value)
with layout_cell as materialized (
    select layout.layout_key, coded.place, cell.cell_key
    from stg.reading_layout as layout
    cross join lateral unnest(layout.cell_codes) with ordinality as coded (cell_code, place)
    inner join dw.dim_cell as cell
        on cell.form = layout.form
        and cell.cell_code = coded.cell_code
)
select
    changed.agency_key, changed.document_key, layout_cell.cell_key, printed.state::dw.cell_state, changed.year_key, printed.value
from ops.changed_report as changed
inner join stg.report_reading as reading using (document_key)
cross join lateral unnest(reading.cell_values, reading.cell_states) with ordinality as printed (value, state, place)
inner join layout_cell
    on layout_cell.layout_key = reading.layout_key
    and layout_cell.place = printed.place;
