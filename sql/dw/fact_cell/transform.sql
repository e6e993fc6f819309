-- grain:  one agency, one reporting year, one cell of that year's current report
-- keys:   agency_key, year_key, cell_key (unique)
-- source: stg.report_reading, stg.reading_layout, ops.changed_report, dw.dim_cell
-- writes: ops.replaced_cell
-- rerun:  replaces the changed reports' rows, so a second run changes nothing
truncate ops.replaced_cell;

-- The cells of the earlier form are named one by one because the key begins with the cell, and in the order of the key, so that
-- neighbours in the index are read one after the other. A join by hash would read all facts for the few that go.
set local enable_hashjoin to off;

with replaced as (
    delete from dw.fact_cell as fact
    using (
        select changed.agency_key, changed.previous_agency_key, changed.year_key, cell.cell_key
        from ops.changed_report as changed
        inner join dw.dim_cell as cell
            on cell.form = changed.previous_form
        order by changed.year_key, cell.cell_key, changed.previous_agency_key
        -- Keeps the order through the join.
        offset 0
    ) as gone
    where fact.cell_key = gone.cell_key
        and fact.agency_key = gone.previous_agency_key
        and fact.year_key = gone.year_key
    returning gone.agency_key, gone.previous_agency_key, fact.year_key, fact.cell_key, fact.value, fact.state
)
insert into ops.replaced_cell (agency_key, previous_agency_key, year_key, cell_key, value, state)
select replaced.agency_key, replaced.previous_agency_key, replaced.year_key, replaced.cell_key, replaced.value, replaced.state
from replaced;

set local enable_hashjoin to default;

analyze ops.replaced_cell;

-- Keys are looked up once a layout, not once a fact. A cell the dimension lacks has no key, and the insert fails.
insert into dw.fact_cell (agency_key, document_key, cell_key, state, year_key, value)
with layout as materialized (
    select layout.layout_key, array_agg(cell.cell_key order by coded.place) as cell_keys
    from stg.reading_layout as layout
    cross join lateral unnest(layout.cell_codes) with ordinality as coded (cell_code, place)
    left join dw.dim_cell as cell
        on cell.form = layout.form
        and cell.cell_code = coded.cell_code
    group by layout.layout_key
)
select
    changed.agency_key, changed.document_key, printed.cell_key, printed.state::dw.cell_state, changed.year_key, printed.value
from ops.changed_report as changed
inner join stg.report_reading as reading using (document_key)
inner join layout using (layout_key)
cross join lateral unnest(layout.cell_keys, reading.cell_states, reading.cell_values) as printed (cell_key, state, value)
-- In the order of the key, so that neighbours in the index are written one after the other.
order by changed.year_key, printed.cell_key, changed.agency_key;
