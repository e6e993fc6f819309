-- check: no staged report is lost: each is placed, a rendition of a placed one, or listed as unplaced
-- severity: fail
select document.document_key, document.sha256, document.agency_code, document.year
from ops.pending_document as pending
inner join stg.document as document using (document_key)
left join (
    select placed.document_key, placed.agency_code, placed.year_key, revision.content_hash
    from ops.placed_document as placed
    inner join stg.document as revision using (document_key)
) as placed
    on placed.agency_code = document.agency_code
    and placed.year_key = document.year
    and placed.content_hash = document.content_hash
left join dw.unplaced_document as unplaced
    on unplaced.document_key = document.document_key
where document.outcome = 'report'
    and placed.document_key is null
    and unplaced.document_key is null;
