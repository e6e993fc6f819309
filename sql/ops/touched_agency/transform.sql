-- grain:  one agency of which a document was staged or read anew
-- keys:   agency_code (unique)
-- source: stg.document, ops.pending_document, ops.pending_reference
-- before: dw.dim_agency, dw.dim_document
-- rerun:  emptied and filled again
truncate ops.touched_agency;

-- A document that is read otherwise than before touches the agency it leaves, too. A changed register of divisions or
-- years may place every document otherwise, and one of concepts changes the measures of every report.
insert into ops.touched_agency (agency_code)
select document.agency_code
from ops.pending_document as pending
inner join stg.document as document using (document_key)
where document.agency_code is not null
union
select agency.agency_code
from ops.pending_document as pending
inner join dw.dim_document as document using (document_key)
inner join dw.dim_agency as agency using (agency_key)
union
select document.agency_code
from stg.document as document
where document.agency_code is not null
    and exists (
        select 1 from ops.pending_reference
        where object_name in ('dw.dim_division', 'dw.dim_year', 'dw.bridge_concept_cell')
    );

analyze ops.touched_agency;
