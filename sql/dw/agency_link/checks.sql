-- check: no agency succeeds itself over several steps
-- severity: fail
with recursive step as (
    select link.agency_code, link.successor_code, array[link.agency_code] as path
    from dw.agency_link as link
    union all
    select step.agency_code, link.successor_code, step.path || link.agency_code
    from step
    inner join dw.agency_link as link
        on link.agency_code = step.successor_code
    where link.agency_code <> all (step.path)
)
select step.agency_code, step.path
from step
where step.successor_code = step.agency_code;

-- check: an agency that is linked to another has no report on a year after it
-- severity: warn
select link.agency_code, link.successor_code, link.from_date, max(document.year_key) as last_year
from dw.agency_link as link
inner join dw.dim_agency as agency using (agency_code)
inner join dw.dim_document as document using (agency_key)
where link.kind <> 'split'
group by link.agency_code, link.successor_code, link.from_date
having make_date(max(document.year_key), 12, 31) > link.from_date;
