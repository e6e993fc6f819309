-- grain:  one agency-year whose current report says something else than the facts that stand
-- keys:   agency_key, year_key (unique); previous_agency_key, year_key (unique)
-- source: ops.touched_agency, ops.placed_document
-- before: dw.dim_agency, dw.dim_document
-- rerun:  emptied and filled again; empty when nothing changed
truncate ops.changed_report;

insert into ops.changed_report (
    year_key, agency_key, document_key, previous_agency_key, previous_document_key, previous_form
)
with standing as (
    select
        agency.agency_code, document.year_key, document.agency_key, document.document_key, document.form, document.facts_hash
    from ops.touched_agency as touched
    inner join dw.dim_agency as agency using (agency_code)
    inner join dw.dim_document as document using (agency_key)
    where document.is_current
),
placed as (
    select
        placed.agency_code, placed.year_key, placed.agency_key, placed.document_key, placed.facts_hash
    from ops.placed_document as placed
    where placed.is_current
)
select
    coalesce(placed.year_key, standing.year_key),
    placed.agency_key, placed.document_key,
    standing.agency_key, standing.document_key, standing.form
from placed
full outer join standing
    on standing.agency_code = placed.agency_code
    and standing.year_key = placed.year_key
where (placed.agency_key, placed.document_key, placed.facts_hash)
    is distinct from (standing.agency_key, standing.document_key, standing.facts_hash);

analyze ops.changed_report;
