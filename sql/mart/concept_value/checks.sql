-- check: each changed report has each concept that its form knows
-- severity: fail
with known as (
    select bridge.form, count(distinct bridge.concept_key) as concepts
    from dw.bridge_concept_cell as bridge
    group by bridge.form
),
loaded as (
    select standing.agency_key, standing.year_key, count(*) as concepts
    from ops.changed_report as changed
    inner join mart.concept_value as standing using (agency_key, year_key)
    group by standing.agency_key, standing.year_key
)
select document.document_key, document.year_key, known.concepts as expected, loaded.concepts as found
from ops.changed_report as changed
inner join dw.dim_document as document using (document_key)
left join known
    on known.form = document.form
left join loaded
    on loaded.agency_key = changed.agency_key
    and loaded.year_key = changed.year_key
where coalesce(known.concepts, 0) <> coalesce(loaded.concepts, 0);
