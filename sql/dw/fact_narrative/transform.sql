-- grain:  one number stated in the prose of the current report of one agency and reporting year
-- keys:   agency_key, year_key, position (unique)
-- source: stg.narrative, ops.changed_report, dw.dim_measure
-- rerun:  replaces the changed reports' rows, so a second run changes nothing
delete from dw.fact_narrative as fact
using ops.changed_report as changed
where fact.agency_key = changed.previous_agency_key
    and fact.year_key = changed.year_key;

-- A measure the dimension lacks has no key, and the insert fails.
insert into dw.fact_narrative (
    agency_key, document_key, measure_key, year_key, position, value, table_value, agrees, reason
)
select
    changed.agency_key, changed.document_key, measure.measure_key, changed.year_key, stated.position,
    stated.value, stated.table_value, stated.agrees, stated.reason
from ops.changed_report as changed
inner join stg.narrative as stated using (document_key)
left join dw.dim_measure as measure
    on measure.measure_code = stated.measure
where changed.agency_key is not null;
