-- grain:  one version of an agency (type 2: valid_from inclusive, valid_to exclusive)
-- keys:   agency_key (unique); agency_code, valid_from (unique)
-- source: ops.touched_agency, ops.placed_document
-- rerun:  writes the versions of the touched agencies that differ, so a second run changes nothing
delete from dw.dim_agency
where agency_key in (
    select agency.agency_key
    from ops.touched_agency as touched
    inner join dw.dim_agency as agency using (agency_code)
    left join ops.placed_document as placed
        on placed.agency_key = agency.agency_key
        and (placed.agency_name, placed.agency_kind, placed.level, placed.division_key, placed.valid_from, placed.valid_to)
            is not distinct from
            (agency.agency_name, agency.agency_kind, agency.level, agency.division_key, agency.valid_from, agency.valid_to)
    where placed.agency_key is null
);

insert into dw.dim_agency (
    agency_key, agency_code, agency_name, agency_kind, level, division_key, valid_from, valid_to
)
select distinct
    placed.agency_key, placed.agency_code, placed.agency_name, placed.agency_kind, placed.level, placed.division_key,
    placed.valid_from, placed.valid_to
from ops.placed_document as placed
left join dw.dim_agency as agency using (agency_key)
where agency.agency_key is null;
