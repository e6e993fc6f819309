-- check: each changed report has one fact for each regular cell of its form, and for each optional one that it prints
-- severity: fail
with expected as (
    select changed.agency_key, changed.year_key, changed.document_key, cardinality(layout.cell_codes) as cells, form.form_cells
    from ops.changed_report as changed
    inner join stg.report_reading as reading using (document_key)
    inner join stg.reading_layout as layout using (layout_key)
    inner join (
        select cell.form, count(*) as form_cells from dw.dim_cell as cell where not cell.is_optional group by cell.form
    ) as form using (form)
),
loaded as (
    select fact.agency_key, fact.year_key, fact.document_key, count(*) as facts, count(*) filter (where not cell.is_optional) as regular_facts
    from ops.changed_report as changed
    inner join dw.fact_cell as fact using (agency_key, year_key)
    inner join dw.dim_cell as cell using (cell_key)
    group by fact.agency_key, fact.year_key, fact.document_key
)
select changed.document_key, changed.year_key, expected.cells, expected.form_cells, loaded.facts, loaded.regular_facts
from ops.changed_report as changed
left join expected using (agency_key, year_key)
left join loaded using (agency_key, year_key)
where changed.agency_key is not null
    and (
        (expected.cells, expected.form_cells, expected.document_key) is distinct from (loaded.facts, loaded.regular_facts, loaded.document_key)
    );
