-- grain:  one agency above others, one reporting year, one concept, one relation to the agencies below it
-- keys:   agency_code, year, concept_code, relation (unique)
-- source: mart.coverage, mart.concept_value, dw.dim_concept
-- Relations: departments (a government against the departments of its division), lower_divisions (an agency against those of its
-- kind one level down). No rule says that a parent's report includes its children's; what can be said is whether it may. A parent
-- below the sum of those children that did report cannot include them all. Filters on concept_code and year reach the tables below.
create view mart.parent_comparison as
-- Not materialized, so that a query's filters reach the tables below each use.
with agency_value as not materialized (
    select
        coverage.agency_code, coverage.agency_name, coverage.agency_kind, coverage.level, coverage.province, coverage.prefecture,
        coverage.division_code, coverage.year, coverage.report_url, concept.concept_code, concept.label_zh as concept_label, concept.unit,
        this_year.value, this_year.is_exact
    from mart.coverage as coverage
    cross join dw.dim_concept as concept
    left join mart.concept_value as this_year
        on this_year.concept_code = concept.concept_code
        and this_year.year = coverage.year
        and this_year.agency_code = coverage.agency_code
),
family as (
    select
        parent.agency_code, parent.year, parent.concept_code, 'departments' as relation,
        child.agency_code as child_code, child.value as child_value, child.is_exact
    from agency_value as parent
    inner join agency_value as child
        on child.division_code = parent.division_code
        and child.year = parent.year
        and child.concept_code = parent.concept_code
        and child.agency_kind is distinct from 'people_government'
    where parent.agency_kind = 'people_government'
    union all
    select
        parent.agency_code, parent.year, parent.concept_code, 'lower_divisions',
        child.agency_code, child.value, child.is_exact
    from agency_value as parent
    inner join agency_value as child
        on child.year = parent.year
        and child.concept_code = parent.concept_code
        and child.agency_kind = parent.agency_kind
        and child.province = parent.province
        and (
            (parent.level = 'prefecture' and child.level = 'county' and child.prefecture = parent.prefecture)
            or (parent.level = 'province' and child.level = 'prefecture')
        )
),
summed as (
    select
        family.agency_code, family.year, family.concept_code, family.relation,
        sum(family.child_value) as children_sum,
        count(family.child_value) as n_reported,
        count(*) as n_expected,
        bool_and(family.is_exact) as is_exact
    from family
    group by family.agency_code, family.year, family.concept_code, family.relation
)
select
    parent.agency_code,
    parent.agency_name,
    parent.agency_kind,
    parent.level,
    parent.province,
    parent.prefecture,
    parent.division_code,
    parent.year,
    parent.concept_code,
    parent.concept_label,
    parent.unit,
    summed.relation,
    parent.value,
    summed.children_sum,
    parent.value - summed.children_sum as difference,
    summed.n_reported,
    summed.n_expected,
    summed.n_reported || '/' || summed.n_expected as coverage,
    case
        when parent.value is null or summed.children_sum is null then 'not_assessable'
        when parent.value < summed.children_sum then 'below_children'
        when parent.value = summed.children_sum and summed.n_reported = summed.n_expected then 'equal'
        when summed.n_reported = summed.n_expected then 'above_children'
        else 'may_include'
    end as status,
    coalesce(parent.is_exact and summed.is_exact, false) as is_exact,
    parent.report_url
from agency_value as parent
inner join summed using (agency_code, year, concept_code);

comment on view mart.parent_comparison is '上级与下级之和：上级机关所报数与下级（所属部门或下一级同类机关）之和的比较，附覆盖数 / an agency against the sum of those below it, with how many of them reported';
comment on column mart.parent_comparison.agency_code is '机关代码 / agency code';
comment on column mart.parent_comparison.agency_name is '机关名称 / agency';
comment on column mart.parent_comparison.agency_kind is '机关类别 / peer group';
comment on column mart.parent_comparison.level is '级别 / level';
comment on column mart.parent_comparison.province is '省 / province';
comment on column mart.parent_comparison.prefecture is '地 / prefecture';
comment on column mart.parent_comparison.division_code is '行政区划代码 / division code';
comment on column mart.parent_comparison.year is '报告年度 / reporting year';
comment on column mart.parent_comparison.concept_code is '概念代码 / concept';
comment on column mart.parent_comparison.concept_label is '概念名称 / label';
comment on column mart.parent_comparison.unit is '单位 / unit';
comment on column mart.parent_comparison.relation is '关系：departments 政府与本级部门，lower_divisions 与下一级同类机关 / departments or lower_divisions';
comment on column mart.parent_comparison.value is '上级所报数；数字不全为空 / value of the agency above; null unless complete';
comment on column mart.parent_comparison.children_sum is '下级有数字者之和；均无数字为空 / sum over those below that report a value; null where none does';
comment on column mart.parent_comparison.difference is '差额：上级减下级之和 / above minus sum below';
comment on column mart.parent_comparison.n_reported is '有数字的下级机关数 / agencies below that report a value';
comment on column mart.parent_comparison.n_expected is '应有年报的下级机关数 / agencies below that ought to';
comment on column mart.parent_comparison.coverage is '覆盖情况：有数字者/应有数 / reported / expected';
comment on column mart.parent_comparison.status is '情况：equal 全部下级均有数字且相等，above_children 大于全部下级之和，may_include 不小于已知下级之和而下级不全，below_children 小于已知下级之和，not_assessable 无法判断 / equal, above_children, may_include, below_children or not_assessable';
comment on column mart.parent_comparison.is_exact is '口径是否完全一致 / false where figures compare only roughly';
comment on column mart.parent_comparison.report_url is '上级年报地址 / address of the report above';
