-- grain:  one version of a division that ended, and one division that it became part of, over any number of steps
-- keys:   division_key, successor_key (unique)
-- source: dw.division_link, dw.dim_division
-- Parts that were given away while a division went on (kind ceded of dw.division_link) are no successors of it.
create view dw.division_successor as
with recursive step as (
    select link.division_key, link.successor_key, link.changed_on, link.kind, 1 as steps
    from dw.division_link as link
    where link.kind <> 'ceded'
    union all
    -- Ends by itself: each version ends later than it began.
    select
        step.division_key, link.successor_key, link.changed_on,
        -- Over several steps the one that disturbs a comparison most.
        case
            when 'split' in (step.kind, link.kind) then 'split'
            when 'merged' in (step.kind, link.kind) then 'merged'
            when 'recoded' in (step.kind, link.kind) then 'recoded'
            else link.kind
        end,
        step.steps + 1
    from step
    inner join dw.division_link as link
        on link.division_key = step.successor_key
        and link.kind <> 'ceded'
),
shortest as (
    select distinct on (step.division_key, step.successor_key)
        step.division_key, step.successor_key, step.changed_on, step.kind, step.steps
    from step
    order by step.division_key, step.successor_key, step.steps, step.changed_on, step.kind
)
select
    shortest.division_key,
    division.division_code,
    division.name,
    shortest.successor_key,
    successor.division_code as successor_code,
    successor.name as successor_name,
    shortest.changed_on,
    shortest.kind,
    shortest.steps,
    successor.valid_to = 'infinity' as is_final
from shortest
inner join dw.dim_division as division
    on division.division_key = shortest.division_key
inner join dw.dim_division as successor
    on successor.division_key = shortest.successor_key;

comment on view dw.division_successor is '撤销或变更的区划及其历次承接区划 / divisions that ended, and all that they became over any number of steps';
comment on column dw.division_successor.division_key is '原区划版本 / version that ended';
comment on column dw.division_successor.division_code is '原区划代码 / its code';
comment on column dw.division_successor.name is '原区划名称 / its name';
comment on column dw.division_successor.successor_key is '承接区划版本 / version that took over';
comment on column dw.division_successor.successor_code is '承接区划代码 / its code';
comment on column dw.division_successor.successor_name is '承接区划名称 / its name';
comment on column dw.division_successor.changed_on is '最后一步的首个年末 / first year''s end that shows the last of the steps';
comment on column dw.division_successor.kind is '方式：renamed 更名，recoded 换码，merged 并入或合并，split 拆分（不可归入任一承接区划） / how; a split one belongs to no single successor';
comment on column dw.division_successor.steps is '步数 / number of steps';
comment on column dw.division_successor.is_final is '是否为现行区划 / true for a division of today: the reading "as now"';
