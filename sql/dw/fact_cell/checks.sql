-- check: each changed report has one fact for each regular cell of its form, and for each optional one that it prints
-- severity: fail
-- By construction facts are as many as the layout has cells, so it is enough that the layout holds the whole form.
with form as (
    select cell.form, count(*) as cells from dw.dim_cell as cell where not cell.is_optional group by cell.form
),
regular as (
    select layout.layout_key, count(*) as cells
    from stg.reading_layout as layout
    cross join lateral unnest(layout.cell_codes) as coded (cell_code)
    inner join dw.dim_cell as cell
        on cell.form = layout.form
        and cell.cell_code = coded.cell_code
    where not cell.is_optional
    group by layout.layout_key
)
select
    changed.document_key, changed.year_key, layout.form, form.cells as form_cells, regular.cells as layout_cells,
    cardinality(reading.cell_states) as states, cardinality(reading.cell_values) as values
from ops.changed_report as changed
left join stg.report_reading as reading using (document_key)
left join stg.reading_layout as layout using (layout_key)
left join regular using (layout_key)
left join form
    on form.form = layout.form
where changed.agency_key is not null
    and (regular.cells, cardinality(reading.cell_states), cardinality(reading.cell_values))
        is distinct from (form.cells, cardinality(layout.cell_codes)::bigint, cardinality(layout.cell_codes)::bigint);

-- check: each changed report's first and last cell stand once and come from its current document
-- severity: fail
with form as (
    select cell.form, min(cell.cell_key) as first_cell_key, max(cell.cell_key) as last_cell_key
    from dw.dim_cell as cell
    where not cell.is_optional
    group by cell.form
)
select changed.document_key, changed.year_key, fact.cell_key, fact.document_key as found_document_key
from ops.changed_report as changed
inner join dw.dim_document as document using (document_key)
inner join form
    on form.form = document.form
cross join lateral (values (form.first_cell_key), (form.last_cell_key)) as probe (cell_key)
left join dw.fact_cell as fact
    on fact.cell_key = probe.cell_key
    and fact.agency_key = changed.agency_key
    and fact.year_key = changed.year_key
where fact.document_key is distinct from changed.document_key;

-- check: no fact stands under an agency-year that its report left
-- severity: fail
with form as (
    select cell.form, min(cell.cell_key) as first_cell_key
    from dw.dim_cell as cell
    where not cell.is_optional
    group by cell.form
)
select changed.previous_agency_key, changed.year_key, fact.document_key
from ops.changed_report as changed
inner join form
    on form.form = changed.previous_form
inner join dw.fact_cell as fact
    on fact.cell_key = form.first_cell_key
    and fact.agency_key = changed.previous_agency_key
    and fact.year_key = changed.year_key
where changed.previous_agency_key is distinct from changed.agency_key;
