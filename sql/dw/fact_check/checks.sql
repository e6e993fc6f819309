-- check: each changed report has one fact for each check that was judged
-- severity: fail
with loaded as (
    select fact.agency_key, fact.year_key, fact.document_key, count(*) as facts
    from ops.changed_report as changed
    inner join dw.fact_check as fact using (agency_key, year_key)
    group by fact.agency_key, fact.year_key, fact.document_key
)
select changed.document_key, changed.year_key, cardinality(layout.check_codes) as checks, loaded.facts
from ops.changed_report as changed
left join stg.report_reading as reading using (document_key)
left join stg.reading_layout as layout using (layout_key)
left join loaded using (agency_key, year_key, document_key)
where changed.agency_key is not null
    and coalesce(cardinality(layout.check_codes), -1) <> coalesce(loaded.facts, 0);

-- check: changed reports are sound: at most a quarter of what could be judged fails
-- severity: warn
with judged as (
    select fact.agency_key, fact.year_key, fact.document_key, count(*) filter (where fact.status = 'fail') as failed
    from ops.changed_report as changed
    inner join dw.fact_check as fact using (agency_key, year_key)
    group by fact.agency_key, fact.year_key, fact.document_key
    having count(*) filter (where fact.status = 'fail') * 4 > count(*) filter (where fact.status <> 'not_assessable')
)
select agency.agency_name, judged.year_key, judged.failed, document.url
from judged
inner join dw.dim_agency as agency using (agency_key)
inner join dw.dim_document as document using (document_key)
order by agency.agency_name, judged.year_key;
