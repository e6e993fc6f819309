-- grain:  one agency of today, one concept, one reporting year of it or of those that live on in it
-- keys:   agency_code, concept_code, year (unique)
-- source: mart.trend, dw.agency_lineage, dw.agency_link, dw.dim_agency
-- The "as now" reading: earlier years stand under the agency that took them over, added where several did. A year in which one of them
-- is missing has no sum, and what a split agency reported belongs to no single successor. mart.trend is the "as then" reading.
create view mart.trend_as_now as
with lineage as (
    select
        lineage.agency_code, lineage.successor_code, lineage.kind,
        count(*) over (partition by lineage.agency_code) > 1 as is_split
    from dw.agency_lineage as lineage
),
ended as (
    select link.agency_code, min(link.from_date) as ended_on
    from dw.agency_link as link
    group by link.agency_code
),
gathered as (
    select
        lineage.successor_code,
        part.concept_code,
        part.year,
        min(part.concept_label) as concept_label,
        min(part.unit) as unit,
        count(*) as parts,
        count(part.value) as reported_parts,
        bool_or(lineage.is_split) as is_split,
        bool_or(part.state = 'not_in_form') as is_outside_form,
        min(part.comparability) as comparability,
        sum(part.value) as value,
        array_agg(part.agency_code order by part.agency_code) as agency_codes,
        string_agg(distinct lineage.kind, ', ' order by lineage.kind) filter (where lineage.kind <> 'unchanged') as kinds
    from lineage
    inner join mart.trend as part using (agency_code)
    left join ended using (agency_code)
    -- Nobody expects a report of an agency that another has taken over.
    where part.state <> 'absent'
        or ended.ended_on is null
        or ended.ended_on > make_date(part.year, 12, 31)
    group by lineage.successor_code, part.concept_code, part.year
),
today as (
    select distinct on (agency.agency_code) agency.agency_code, agency.agency_name, agency.agency_kind
    from dw.dim_agency as agency
    order by agency.agency_code, agency.valid_from desc
)
select
    gathered.successor_code as agency_code,
    today.agency_name,
    today.agency_kind,
    gathered.concept_code,
    gathered.concept_label,
    gathered.unit,
    gathered.year,
    case
        when gathered.is_split then 'split'
        when gathered.is_outside_form then 'not_in_form'
        when gathered.reported_parts < gathered.parts then 'incomplete'
        else 'reported'
    end as state,
    case when gathered.reported_parts = gathered.parts and not gathered.is_split then gathered.value end as value,
    case when gathered.reported_parts = gathered.parts and not gathered.is_split then gathered.comparability else 'none' end as comparability,
    gathered.parts,
    gathered.reported_parts,
    gathered.agency_codes,
    gathered.kinds
from gathered
inner join today
    on today.agency_code = gathered.successor_code;

comment on view mart.trend_as_now is '按现今机关归并的历年序列：前身机关的数字归到承继机关，多个前身相加；任一前身缺数则不合计，分设的不归入任何一方 / series by today''s agencies: predecessors'' figures under their successor, added where several merged; none where one is missing or was split';
comment on column mart.trend_as_now.agency_code is '现今机关代码 / code of today''s agency';
comment on column mart.trend_as_now.agency_name is '现今机关名称 / its name';
comment on column mart.trend_as_now.agency_kind is '现今机关类别 / its kind';
comment on column mart.trend_as_now.concept_code is '概念代码 / concept';
comment on column mart.trend_as_now.concept_label is '概念名称 / label';
comment on column mart.trend_as_now.unit is '单位 / unit';
comment on column mart.trend_as_now.year is '报告年度 / reporting year';
comment on column mart.trend_as_now.state is '状态：reported 完整，incomplete 有前身缺数，not_in_form 当年格式无此项，split 来自分设的机关 / reported, incomplete, not_in_form or split';
comment on column mart.trend_as_now.value is '合计值；不完整或分设时为空 / sum; null when incomplete or split';
comment on column mart.trend_as_now.comparability is '可比性：exact、approximate，无值为 none / exact, approximate, or none without a value';
comment on column mart.trend_as_now.parts is '归并的机关数 / agencies that belong together';
comment on column mart.trend_as_now.reported_parts is '其中有值的机关数 / of these, agencies with a value';
comment on column mart.trend_as_now.agency_codes is '当年的机关代码 / codes of the agencies of that year';
comment on column mart.trend_as_now.kinds is '沿革方式；未变更为空 / how they came together; null where nothing changed';
