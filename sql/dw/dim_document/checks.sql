-- check: each agency-year with documents has exactly one current revision
-- severity: fail
select agency.agency_code, document.year_key, count(*) filter (where document.is_current) as current_revisions
from ops.touched_agency as touched
inner join dw.dim_agency as agency using (agency_code)
inner join dw.dim_document as document using (agency_key)
group by agency.agency_code, document.year_key
having count(*) filter (where document.is_current) <> 1;

-- check: each document stands under the version of its agency that is valid at the end of the reporting year
-- severity: fail
select document.document_key, document.year_key, agency.agency_code, agency.valid_from, agency.valid_to
from ops.placed_document as placed
inner join dw.dim_document as document using (document_key)
left join dw.dim_agency as agency
    on agency.agency_key = document.agency_key
where agency.agency_key is null
    or make_date(document.year_key, 12, 31) < agency.valid_from
    or make_date(document.year_key, 12, 31) >= agency.valid_to;
