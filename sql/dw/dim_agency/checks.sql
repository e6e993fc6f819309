-- check: versions of an agency do not overlap
-- severity: fail
select earlier.agency_code, earlier.valid_from, earlier.valid_to, later.valid_from as next_valid_from
from ops.touched_agency as touched
inner join dw.dim_agency as earlier using (agency_code)
inner join dw.dim_agency as later using (agency_code)
where later.valid_from > earlier.valid_from
    and later.valid_from < earlier.valid_to;
