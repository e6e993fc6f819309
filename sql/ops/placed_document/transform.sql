-- grain:  one revision of a report of a touched agency, with the version of the agency it belongs to
-- keys:   document_key (unique); agency_code, year_key, revision (unique)
-- source: stg.document, ops.touched_agency, dw.document_capture, dw.dim_division, dw.dim_year
-- writes: ops.rendition, ops.placed_period
-- rerun:  emptied and filled again
truncate ops.rendition;

insert into ops.rendition (
    document_key, revision_key, agency_code, year_key, form, facts_hash, agency_kind, division_key, level, agency_name,
    url, first_seen_at, sha256, dated_on
)
select
    document.document_key,
    -- The same content at another address or in another file format is the same revision: the first one seen stands.
    first_value(document.document_key) over (
        partition by document.agency_code, document.year, document.content_hash
        order by document.first_seen_at, document.sha256
    ),
    document.agency_code,
    document.year,
    document.form,
    document.facts_hash,
    document.agency_kind,
    division.division_key,
    division.level,
    -- ～ stands where the place is inside the name.
    case
        when strpos(document.agency_body, '～') > 0 then replace(document.agency_body, '～', division.name)
        else division.name || document.agency_body
    end,
    document.url,
    document.first_seen_at,
    document.sha256,
    -- Undated reports count from the day they were seen, in China's time on every server.
    coalesce(document.published_on, (document.first_seen_at at time zone 'Asia/Shanghai')::date)
from ops.touched_agency as touched
inner join stg.document as document using (agency_code)
inner join dw.dim_year as reporting_year
    on reporting_year.year_key = document.year
inner join dw.dim_division as division
    on division.division_code = document.division_code
    and division.valid_from <= make_date(document.year, 12, 31)
    and division.valid_to > make_date(document.year, 12, 31)
where document.outcome = 'report'
    and document.review_reason is null;

analyze ops.rendition;

truncate ops.placed_period;

-- Which revision was known as the current one, and from when to when. An address that gives other bytes than before takes back what
-- it gave; of what the addresses give at a moment, the latest dated is current. What vanishes from its address stays.
insert into ops.placed_period (
    agency_code, year_key, known_from, known_to, document_key, division_key, agency_name, agency_kind
)
with capture as (
    select rendition.agency_code, rendition.year_key, rendition.revision_key, rendition.sha256, rendition.url, rendition.first_seen_at as seen_at
    from ops.rendition as rendition
    union
    select rendition.agency_code, rendition.year_key, rendition.revision_key, rendition.sha256, capture.url, capture.seen_at
    from ops.rendition as rendition
    inner join dw.document_capture as capture using (document_key)
),
moment as (
    select distinct capture.agency_code, capture.year_key, capture.seen_at
    from capture
),
standing as (
    select distinct on (moment.agency_code, moment.year_key, moment.seen_at, capture.url)
        moment.agency_code, moment.year_key, moment.seen_at, capture.revision_key
    from moment
    inner join capture
        on capture.agency_code = moment.agency_code
        and capture.year_key = moment.year_key
        and capture.seen_at <= moment.seen_at
    order by moment.agency_code, moment.year_key, moment.seen_at, capture.url, capture.seen_at desc, capture.sha256 desc
),
chosen as (
    select distinct on (standing.agency_code, standing.year_key, standing.seen_at)
        standing.agency_code, standing.year_key, standing.seen_at,
        revision.document_key, revision.division_key, revision.agency_name, revision.agency_kind
    from standing
    inner join ops.rendition as revision
        on revision.document_key = standing.revision_key
    order by
        standing.agency_code, standing.year_key, standing.seen_at,
        revision.dated_on desc, revision.first_seen_at desc, revision.sha256 desc
),
turn as (
    select
        chosen.*,
        chosen.document_key is distinct from lag(chosen.document_key) over (
            partition by chosen.agency_code, chosen.year_key order by chosen.seen_at
        ) as is_turn
    from chosen
)
select
    turn.agency_code, turn.year_key, turn.seen_at,
    lead(turn.seen_at, 1, 'infinity') over (partition by turn.agency_code, turn.year_key order by turn.seen_at),
    turn.document_key, turn.division_key, turn.agency_name, turn.agency_kind
from turn
where turn.is_turn;

analyze ops.placed_period;

truncate ops.placed_document;

insert into ops.placed_document (
    document_key, agency_code, year_key, revision, is_current, form, facts_hash,
    agency_key, agency_name, agency_kind, level, division_key, valid_from, valid_to
)
-- Windows only: the planner takes the working sets for a few rows, and a join of them to each other would be a loop in a loop.
with revision as (
    select
        rendition.*,
        row_number() over year_oldest as revision,
        period.document_key is not null as is_current
    from ops.rendition as rendition
    left join ops.placed_period as period
        on period.agency_code = rendition.agency_code
        and period.year_key = rendition.year_key
        and period.document_key = rendition.document_key
        and period.known_to = 'infinity'
    where rendition.revision_key = rendition.document_key
    window year_oldest as (
        partition by rendition.agency_code, rendition.year_key
        order by rendition.dated_on, rendition.first_seen_at, rendition.sha256
    )
),
-- A version of an agency lasts over the years whose current reports describe it the same way.
described as (
    select
        revision.*,
        revision.is_current and (revision.division_key, revision.agency_kind) is distinct from (
            lag(revision.division_key) over agency_years, lag(revision.agency_kind) over agency_years
        ) as is_version_start
    from revision
    window agency_years as (partition by revision.agency_code, revision.is_current order by revision.year_key)
),
-- The other revisions of a year go with its current one.
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
versioned as (
    select
        numbered.document_key, numbered.agency_code, numbered.year_key, numbered.revision, numbered.is_current, numbered.form,
        numbered.facts_hash,
        first_value(numbered.recurrence) over version_start as recurrence,
        first_value(numbered.agency_name) over version_start as agency_name,
        first_value(numbered.agency_kind) over version_start as agency_kind,
        first_value(numbered.level) over version_start as level,
        first_value(numbered.division_key) over version_start as division_key,
        first_value(numbered.year_key) over version_start as first_year,
        min(numbered.year_key) over (
            partition by numbered.agency_code order by numbered.version groups between 1 following and 1 following
        ) as next_first_year
    from numbered
    where numbered.version > 0
    window version_start as (partition by numbered.agency_code, numbered.version order by numbered.is_version_start desc)
)
select
    versioned.document_key, versioned.agency_code, versioned.year_key, versioned.revision, versioned.is_current, versioned.form,
    versioned.facts_hash,
    dw.natural_key(concat_ws(
        '|', versioned.agency_code, versioned.division_key, coalesce(versioned.agency_kind, ''), versioned.recurrence
    )),
    versioned.agency_name, versioned.agency_kind, versioned.level, versioned.division_key,
    make_date(versioned.first_year, 12, 31),
    coalesce(make_date(versioned.next_first_year, 12, 31), 'infinity')
from versioned;

analyze ops.placed_document;
