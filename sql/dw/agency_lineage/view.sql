-- grain:  one agency that ever reported, and one agency of today that it lives on in
-- keys:   agency_code, successor_code (unique)
-- source: dw.dim_agency, dw.agency_link
-- An agency that still exists stands for itself, so that an inner join loses nobody: a series by agency_code reads "as then",
-- one by successor_code "as now". One with several rows was split: its figures belong to no single successor.
create view dw.agency_lineage as
with recursive step as (
    select
        agency.agency_code, agency.agency_code as successor_code, null::date as from_date, 'unchanged' as kind,
        array[agency.agency_code] as path
    from (select distinct known.agency_code from dw.dim_agency as known) as agency
    union all
    select
        step.agency_code, link.successor_code, link.from_date,
        -- Over several steps the one that disturbs a comparison most.
        case
            when 'split' in (step.kind, link.kind) then 'split'
            when 'merged' in (step.kind, link.kind) then 'merged'
            when 'recoded' in (step.kind, link.kind) then 'recoded'
            else link.kind
        end,
        step.path || link.successor_code
    from step
    inner join dw.agency_link as link
        on link.agency_code = step.successor_code
    where link.successor_code <> all (step.path)
)
select distinct on (step.agency_code, step.successor_code)
    step.agency_code,
    step.successor_code,
    step.from_date,
    step.kind
from step
left join dw.agency_link as further
    on further.agency_code = step.successor_code
where further.agency_code is null
order by step.agency_code, step.successor_code, cardinality(step.path), step.from_date, step.kind;

comment on view dw.agency_lineage is '机关及其现今的承接机关；未变的机关对应自身 / each agency and the one of today that it lives on in, itself if unchanged';
comment on column dw.agency_lineage.agency_code is '当时的机关代码 / agency code as then';
comment on column dw.agency_lineage.successor_code is '现今的机关代码 / agency code as now';
comment on column dw.agency_lineage.from_date is '最后一次沿革之日；未变为空 / day of the last step; null if unchanged';
comment on column dw.agency_lineage.kind is '方式：unchanged 未变，renamed 更名，recoded 换码，merged 合并（须与其他原机关相加），split 拆分（不可归入任一承接机关） / how; merged figures must be added up, split ones belong to no single successor';
