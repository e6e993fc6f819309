-- grain:  one stretch of time in which one revision was the current report of an agency and year
-- keys:   agency_code, year_key, known_from (unique)
-- source: ops.touched_agency, ops.placed_period
-- rerun:  writes the stretches of the touched agencies that differ, so a second run changes nothing
delete from dw.report_period
where (agency_code, year_key, known_from) in (
    select standing.agency_code, standing.year_key, standing.known_from
    from ops.touched_agency as touched
    inner join dw.report_period as standing using (agency_code)
    left join ops.placed_period as placed using (agency_code, year_key, known_from)
    where (placed.known_to, placed.document_key, placed.division_key, placed.agency_name, placed.agency_kind)
        is distinct from
        (standing.known_to, standing.document_key, standing.division_key, standing.agency_name, standing.agency_kind)
);

insert into dw.report_period (
    agency_code, year_key, known_from, known_to, document_key, division_key, agency_name, agency_kind
)
select
    placed.agency_code, placed.year_key, placed.known_from, placed.known_to, placed.document_key, placed.division_key,
    placed.agency_name, placed.agency_kind
from ops.placed_period as placed
left join dw.report_period as standing using (agency_code, year_key, known_from)
where standing.agency_code is null;
