-- grain:  one concept, one reporting year, one division, one kind of agency
-- keys:   concept_code, year, division_code, agency_kind (unique)
-- source: mart.coverage, mart.concept_value, dw.dim_concept, dw.bridge_concept_cell, dw.dim_year
-- Peers are the divisions of the same level and province with an agency of the same kind. Absent reports and incomplete sums
-- have no value and no rank; they widen the interval in which the others' rank lies. Filters on concept_code, year,
-- agency_kind, level and province reach the tables below, because all windows are partitioned by them.
create view mart.county_comparison as
with concept_year as (
    select distinct concept.concept_code, concept.label_zh, concept.unit, reporting_year.year_key
    from dw.dim_year as reporting_year
    inner join dw.bridge_concept_cell as bridge
        on bridge.form = reporting_year.form
    inner join dw.dim_concept as concept using (concept_key)
),
agency_value as (
    select
        concept_year.concept_code, concept_year.label_zh as concept_label, concept_year.unit, coverage.year,
        coverage.division_code, coverage.province, coverage.prefecture, coverage.county, coverage.level, coverage.agency_kind,
        coverage.agency_name, coverage.state as report_state,
        this_year.value, this_year.is_exact,
        case when last_year.is_exact = this_year.is_exact then last_year.value end as previous_value
    from mart.coverage as coverage
    inner join concept_year
        on concept_year.year_key = coverage.year
    left join mart.concept_value as this_year
        on this_year.concept_code = concept_year.concept_code
        and this_year.year = coverage.year
        and this_year.agency_code = coverage.agency_code
    left join mart.concept_value as last_year
        on last_year.concept_code = concept_year.concept_code
        and last_year.next_year = coverage.year
        and last_year.agency_code = coverage.agency_code
    where coverage.agency_kind is not null
),
-- Several agencies of one kind in one division count together, and only when all of them have a value.
division_value as (
    select
        agency_value.concept_code, agency_value.concept_label, agency_value.unit, agency_value.year,
        agency_value.division_code, agency_value.province, agency_value.prefecture, agency_value.county, agency_value.level,
        agency_value.agency_kind,
        string_agg(agency_value.agency_name, '、' order by agency_value.agency_name) as agency_name,
        case
            when count(agency_value.value) = count(*) then 'reported'
            when bool_or(agency_value.report_state = 'absent') then 'absent'
            else 'incomplete'
        end as state,
        case when count(agency_value.value) = count(*) then sum(agency_value.value) end as value,
        case when count(agency_value.previous_value) = count(*) then sum(agency_value.previous_value) end as previous_value,
        bool_and(agency_value.is_exact) as is_exact
    from agency_value
    group by
        agency_value.concept_code, agency_value.concept_label, agency_value.unit, agency_value.year,
        agency_value.division_code, agency_value.province, agency_value.prefecture, agency_value.county, agency_value.level,
        agency_value.agency_kind
),
ranked as (
    select
        division_value.*,
        count(*) over peer_group as n_expected,
        count(division_value.value) over peer_group as n_reported,
        rank() over by_value as rank_of_value,
        -- Rows up to this one and those equal to it.
        count(division_value.value) over by_value as n_not_below
    from division_value
    window
        peer_group as (
            partition by division_value.concept_code, division_value.year, division_value.agency_kind, division_value.level,
                division_value.province
        ),
        by_value as (peer_group order by division_value.value desc nulls last)
),
-- A rank among fewer than three says nothing about a division and much about its only neighbour.
judged as (
    select ranked.*, 3 as minimum_n, ranked.value is not null and ranked.n_reported >= 3 as is_ranked
    from ranked
)
select
    judged.concept_code,
    judged.concept_label,
    judged.unit,
    judged.year,
    judged.province,
    judged.prefecture,
    judged.county,
    judged.division_code,
    judged.level,
    judged.agency_kind,
    judged.agency_name,
    judged.state,
    judged.value,
    judged.is_exact,
    judged.n_reported,
    judged.n_expected,
    case when judged.value is not null then judged.n_reported - 1 end as peers,
    case when judged.is_ranked then judged.rank_of_value end as rank,
    case when judged.is_ranked then judged.rank_of_value end as rank_low,
    case when judged.is_ranked then judged.n_not_below + judged.n_expected - judged.n_reported end as rank_high,
    case
        when judged.is_ranked then round(
            100.0 * (judged.n_reported - judged.n_not_below + 0.5 * (judged.n_not_below - judged.rank_of_value + 1)) / judged.n_reported, 1
        )
    end as percentile,
    judged.previous_value,
    judged.value - judged.previous_value as change,
    case
        when judged.previous_value > 0 then round(100.0 * (judged.value - judged.previous_value) / judged.previous_value, 1)
    end as change_pct,
    judged.minimum_n
from judged;

comment on view mart.county_comparison is '概念×年度×行政区划×机关类别的可比数值、名次与同比 / comparison of divisions by concept, year and kind of agency';
comment on column mart.county_comparison.concept_code is '概念代码 / concept';
comment on column mart.county_comparison.concept_label is '概念名称 / label of the concept';
comment on column mart.county_comparison.unit is '单位 / unit';
comment on column mart.county_comparison.year is '报告年度 / reporting year';
comment on column mart.county_comparison.province is '省 / province';
comment on column mart.county_comparison.prefecture is '地 / prefecture';
comment on column mart.county_comparison.county is '县 / county';
comment on column mart.county_comparison.division_code is '行政区划代码 / division code';
comment on column mart.county_comparison.level is '级别 / level';
comment on column mart.county_comparison.agency_kind is '机关类别 / kind of agency';
comment on column mart.county_comparison.agency_name is '机关名称；同类有多个时以顿号相连 / agency; several of the kind are joined';
comment on column mart.county_comparison.state is '情况：reported 有数值，incomplete 有年报而数字不全，absent 未见年报 / reported, incomplete or absent';
comment on column mart.county_comparison.value is '数值；数字不全或未见年报时为空 / value; null unless all of its cells are reported';
comment on column mart.county_comparison.is_exact is '口径是否完全一致 / false where figures compare only roughly';
comment on column mart.county_comparison.n_reported is '组内有数值的区划数 / divisions of the peer group that have a value';
comment on column mart.county_comparison.n_expected is '组内应有的区划数 / divisions of the peer group';
comment on column mart.county_comparison.peers is '可比的其他区划数 / other divisions of the group that have a value';
comment on column mart.county_comparison.rank is '名次，最大为第1，并列同名次；有数值者不足 minimum_n 时为空 / rank, the greatest is 1, equals share one; null where fewer than minimum_n have a value';
comment on column mart.county_comparison.rank_low is '名次区间下限：缺失者均小于本值时 / best rank possible: if all missing ones were smaller';
comment on column mart.county_comparison.rank_high is '名次区间上限：缺失者均大于本值且并列取末位时 / worst rank possible: if all missing ones were greater, last among equals';
comment on column mart.county_comparison.percentile is '百分位（0–100，并列取中）；有数值者不足 minimum_n 时为空 / share of the group below, equals count half; null where fewer than minimum_n have a value';
comment on column mart.county_comparison.previous_value is '上年数值；上年不可比时为空 / value of the year before; null where it cannot be compared';
comment on column mart.county_comparison.change is '比上年增减 / change from the year before, in the unit';
comment on column mart.county_comparison.change_pct is '比上年增减百分比；上年为零时为空 / change in percent; null where the year before was zero';
comment on column mart.county_comparison.minimum_n is '排名所需的最少数值个数 / least number of values with which ranks are shown';
