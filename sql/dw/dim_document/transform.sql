-- grain:  one archived revision of a report
-- keys:   document_key (unique); agency_key, year_key, revision (unique)
-- source: stg.document, ops.touched_agency, ops.placed_document
-- before: dw.dim_agency
-- rerun:  writes the revisions of the touched agencies that differ, so a second run changes nothing
delete from dw.dim_document
where document_key in (
    select standing.document_key
    from ops.touched_agency as touched
    inner join dw.dim_agency as agency using (agency_code)
    inner join dw.dim_document as standing using (agency_key)
    left join ops.placed_document as placed
        on placed.document_key = standing.document_key
    left join stg.document as document
        on document.document_key = standing.document_key
    where placed.document_key is null
        or (
            placed.agency_key, placed.year_key, placed.form, placed.revision, placed.is_current, placed.facts_hash,
            document.url, document.first_seen_at, document.published_on, document.title, document.media_type,
            document.pipeline, document.site_code
        ) is distinct from (
            standing.agency_key, standing.year_key, standing.form, standing.revision, standing.is_current, standing.facts_hash,
            standing.url, standing.first_seen_at, standing.published_on, standing.title, standing.media_type,
            standing.pipeline, standing.site_code
        )
);

insert into dw.dim_document (
    document_key, sha256, url, first_seen_at, published_on, agency_key, year_key, form, revision, is_current,
    title, media_type, pipeline, site_code, facts_hash
)
select
    placed.document_key, document.sha256, document.url, document.first_seen_at, document.published_on,
    placed.agency_key, placed.year_key, placed.form, placed.revision, placed.is_current,
    document.title, document.media_type, document.pipeline, document.site_code, placed.facts_hash
from ops.placed_document as placed
inner join stg.document as document using (document_key)
left join dw.dim_document as standing using (document_key)
where standing.document_key is null;
