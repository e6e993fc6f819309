-- grain:  one time at which an address began to give a document, or gave it again after another one
-- keys:   document_key, url, seen_at (unique)
-- source: ops.capture, ops.pending_document, stg.document
-- rerun:  writes the captures of the pending documents that differ, so a second run changes nothing
with wanted as (
    select document.document_key, document.url, document.first_seen_at as seen_at
    from ops.pending_document as pending
    inner join stg.document as document using (document_key)
    union
    select document.document_key, capture.url, capture.first_seen_at
    from ops.pending_document as pending
    inner join stg.document as document using (document_key)
    inner join ops.capture as capture using (sha256)
),
gone as (
    delete from dw.document_capture as standing
    where standing.document_key in (select pending.document_key from ops.pending_document as pending)
        and not exists (
            select 1
            from wanted
            where wanted.document_key = standing.document_key
                and wanted.url = standing.url
                and wanted.seen_at = standing.seen_at
        )
)
insert into dw.document_capture (document_key, url, seen_at)
select wanted.document_key, wanted.url, wanted.seen_at
from wanted
on conflict do nothing;
