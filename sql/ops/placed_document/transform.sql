-- grain:  one revision of a report of a touched agency, with the version of the agency it belongs to
-- keys:   document_key (unique); agency_code, year_key, revision (unique)
-- source: stg.document, ops.touched_agency, dw.dim_division, dw.dim_year
-- rerun:  emptied and filled again
truncate ops.placed_document;

insert into ops.placed_document (
    document_key, agency_code, year_key, revision, is_current, form, facts_hash,
    agency_key, agency_name, agency_kind, level, division_key, valid_from, valid_to
)
with rendition as (
    select
        document.document_key,
        document.agency_code,
        document.year as year_key,
        document.form,
        document.facts_hash,
        document.agency_kind,
        division.division_key,
        division.level,
        division.name || document.agency_body as agency_name,
        document.first_seen_at,
        document.sha256,
        -- Undated reports count from the day they were seen, in China's time on every server.
        coalesce(document.published_on, (document.first_seen_at at time zone 'Asia/Shanghai')::date) as dated_on,
        -- The same content at another address or in another file format is the same revision: the first one seen stands.
        row_number() over (
            partition by document.agency_code, document.year, document.content_hash
            order by document.first_seen_at, document.sha256
        ) as rendition
    from ops.touched_agency as touched
    inner join stg.document as document using (agency_code)
    inner join dw.dim_year as reporting_year
        on reporting_year.year_key = document.year
    inner join dw.dim_division as division
        on division.division_code = document.division_code
        and division.valid_from <= make_date(document.year, 12, 31)
        and division.valid_to > make_date(document.year, 12, 31)
    where document.outcome = 'report'
),
revision as (
    select
        rendition.*,
        row_number() over year_oldest as revision,
        lead(rendition.document_key) over year_oldest is null as is_current
    from rendition
    where rendition.rendition = 1
    window year_oldest as (
        partition by rendition.agency_code, rendition.year_key
        order by rendition.dated_on, rendition.first_seen_at, rendition.sha256
    )
),
-- A version of an agency lasts over the years whose current reports describe it the same way.
described as (
    select
        revision.*,
        (revision.division_key, revision.agency_kind) is distinct from (
            lag(revision.division_key) over agency_years, lag(revision.agency_kind) over agency_years
        ) as is_version_start
    from revision
    where revision.is_current
    window agency_years as (partition by revision.agency_code order by revision.year_key)
),
numbered as (
    select
        described.*,
        count(*) filter (where described.is_version_start) over (
            partition by described.agency_code order by described.year_key
        ) as version,
        -- An agency that returns to an earlier description needs another key than the first time.
        count(*) filter (where described.is_version_start) over (
            partition by described.agency_code, described.division_key, described.agency_kind order by described.year_key
        ) as recurrence
    from described
),
version as (
    select
        numbered.agency_code, numbered.version, numbered.agency_name, numbered.agency_kind, numbered.level, numbered.division_key,
        dw.natural_key(concat_ws('|', numbered.agency_code, numbered.division_key, coalesce(numbered.agency_kind, ''), numbered.recurrence)) as agency_key,
        make_date(min(numbered.year_key), 12, 31) as valid_from,
        lead(make_date(min(numbered.year_key), 12, 31), 1, 'infinity') over (
            partition by numbered.agency_code order by numbered.version
        ) as valid_to
    from numbered
    group by
        numbered.agency_code, numbered.version, numbered.agency_name, numbered.agency_kind, numbered.level,
        numbered.division_key, numbered.recurrence
)
select
    revision.document_key, revision.agency_code, revision.year_key, revision.revision, revision.is_current, revision.form,
    revision.facts_hash, version.agency_key, version.agency_name, version.agency_kind, version.level, version.division_key,
    version.valid_from, version.valid_to
from revision
inner join numbered using (agency_code, year_key)
inner join version using (agency_code, version);

analyze ops.placed_document;
