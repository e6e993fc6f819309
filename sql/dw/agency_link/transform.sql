-- grain:  one agency that ever reported, and one that took over from it in one step
-- keys:   agency_code, successor_code (unique)
-- source: stg.agency_link, dw.dim_agency, dw.dim_agency_kind, dw.dim_document, dw.division_successor
-- rerun:  works all links out again and writes those that differ, so a second run changes nothing
-- Derived links join agencies that both reported; a successor nobody has seen would make its predecessor's figures vanish.
with agency as (
    select distinct on (version.agency_code)
        version.agency_code,
        version.division_key,
        version.agency_kind,
        left(version.agency_code, 6) as division_code,
        substr(version.agency_code, 8) as body,
        reported.first_year,
        reported.last_year
    from dw.dim_agency as version
    inner join (
        select known.agency_code, min(document.year_key) as first_year, max(document.year_key) as last_year
        from dw.dim_document as document
        inner join dw.dim_agency as known using (agency_key)
        group by known.agency_code
    ) as reported using (agency_code)
    order by version.agency_code, version.valid_from desc
),
-- Where an agency's division went: to itself, and along its successors.
home as (
    select agency.agency_code, agency.division_code, agency.division_key, 0 as steps, null::date as changed_on, 'unchanged' as kind
    from agency
    union all
    select agency.agency_code, successor.successor_code, successor.successor_key, successor.steps, successor.changed_on, successor.kind
    from agency
    inner join dw.division_successor as successor using (division_key)
),
-- Of a body that went on in its division's successors, the nearest that reported.
moved as (
    select
        agency.agency_code, successor.agency_code as successor_code, home.changed_on as from_date, home.kind,
        home.steps = min(home.steps) over (partition by agency.agency_code) as is_nearest
    from agency
    inner join home using (agency_code)
    inner join agency as successor
        on successor.division_code = home.division_code
        and successor.body = agency.body
    where successor.agency_code <> agency.agency_code
        and home.steps > 0
),
-- Of a body that ended, the bodies of its kind that reported afterwards, where it stood or where its division went.
former as (
    select agency.agency_code, agency.agency_kind, agency.last_year, name.former_name, name.is_partial, cardinality(kind.former_names) as former_names
    from agency
    inner join dw.dim_agency_kind as kind using (agency_kind)
    cross join lateral (
        select each.former_name, false as is_partial from unnest(kind.former_names) as each (former_name)
        union all
        select each.former_name, true from unnest(kind.partly_former_names) as each (former_name)
    ) as name
    where agency.body like '%' || name.former_name
        and not exists (
            select 1
            from unnest(kind.names) as present (name)
            where agency.body like '%' || present.name
                and length(present.name) >= length(name.former_name)
        )
),
absorbed as (
    select
        former.agency_code, successor.agency_code as successor_code, make_date(former.last_year + 1, 12, 31) as from_date,
        case
            when former.is_partial or home.kind = 'split' then 'split'
            when former.former_names > 1 or successor.first_year <= former.last_year or home.kind = 'merged' then 'merged'
            else 'renamed'
        end as kind,
        home.steps = min(home.steps) over (partition by former.agency_code) as is_nearest
    from former
    inner join home using (agency_code)
    inner join agency as successor
        on successor.division_code = home.division_code
        and successor.agency_kind = former.agency_kind
        and successor.agency_code <> former.agency_code
        and successor.last_year > former.last_year
    inner join dw.dim_agency_kind as kind
        on kind.agency_kind = former.agency_kind
    where exists (
            select 1 from unnest(kind.names) as present (name) where successor.body like '%' || present.name
        )
        and not exists (
            select 1 from former as other where other.agency_code = successor.agency_code
        )
),
wanted as (
    select link.agency_code, link.successor_code, link.from_date, link.kind, 'register' as basis
    from stg.agency_link as link
    union all
    select moved.agency_code, moved.successor_code, moved.from_date, moved.kind, 'division'
    from moved
    where moved.is_nearest
        and not exists (select 1 from stg.agency_link as registered where registered.agency_code = moved.agency_code)
    union all
    select absorbed.agency_code, absorbed.successor_code, min(absorbed.from_date), max(absorbed.kind), 'former_name'
    from absorbed
    where absorbed.is_nearest
        and not exists (select 1 from stg.agency_link as registered where registered.agency_code = absorbed.agency_code)
        -- A body that goes on under its old name elsewhere has not ended.
        and not exists (select 1 from moved where moved.agency_code = absorbed.agency_code)
    group by absorbed.agency_code, absorbed.successor_code
),
gone as (
    delete from dw.agency_link as standing
    where not exists (
        select 1
        from wanted
        where wanted.agency_code = standing.agency_code
            and wanted.successor_code = standing.successor_code
    )
)
insert into dw.agency_link (agency_code, successor_code, from_date, kind, basis)
select wanted.agency_code, wanted.successor_code, wanted.from_date, wanted.kind, wanted.basis
from wanted
left join dw.agency_link as standing using (agency_code, successor_code)
where (standing.from_date, standing.kind, standing.basis) is distinct from (wanted.from_date, wanted.kind, wanted.basis)
on conflict (agency_code, successor_code)
    do update set from_date = excluded.from_date, kind = excluded.kind, basis = excluded.basis;
