-- grain:  one agency, one concept that counts cases, one reporting year that compares with the year before
-- keys:   agency_code, concept_code, year (unique)
-- source: mart.trend
-- False alarms: if an agency's yearly counts are Poisson with one rate, at most one series in a hundred shows any jump (exact test of
-- each pair of years, Holm over the pairs of the series). Real counts vary more than Poisson ones, so that a jump also has to double
-- or halve the count. Stocks (现行有效, 事项数) and amounts of money are no counts of cases and are left out.
create view mart.year_on_year as
with pair as (
    select
        trend.*,
        mart.poisson_change(trend.previous_value, 1, trend.value, 1) as p_value
    from mart.trend as trend
    where trend.is_comparable
        and trend.unit in ('件', '件次', '次', '条')
        and trend.concept_code not like '%.in_force'
        and trend.concept_code not like '%.items'
),
numbered as (
    select
        pair.*,
        count(*) over (partition by pair.agency_code, pair.concept_code) as pairs,
        row_number() over (partition by pair.agency_code, pair.concept_code order by pair.p_value, pair.year) as place
    from pair
    where pair.p_value is not null
),
adjusted as (
    select
        numbered.*,
        least(1, max(numbered.p_value * (numbered.pairs - numbered.place + 1)) over (
            partition by numbered.agency_code, numbered.concept_code order by numbered.place
        )) as adjusted_p
    from numbered
)
select
    adjusted.agency_code,
    adjusted.agency_name,
    adjusted.agency_kind,
    adjusted.level,
    adjusted.province,
    adjusted.prefecture,
    adjusted.county,
    adjusted.division_code,
    adjusted.concept_code,
    adjusted.concept_label,
    adjusted.year,
    adjusted.previous_value,
    adjusted.value,
    adjusted.change,
    adjusted.change_pct,
    adjusted.pairs,
    adjusted.p_value,
    adjusted.adjusted_p,
    0.01 as alpha,
    adjusted.adjusted_p <= 0.01
        and (adjusted.value >= 2 * adjusted.previous_value or 2 * adjusted.value <= adjusted.previous_value) as is_jump,
    adjusted.is_form_break or adjusted.is_agency_break as is_at_break,
    adjusted.report_url
from adjusted;

comment on view mart.year_on_year is '同比突变：相邻两年计数是否显著不同；误报率：若各年服从同一泊松分布，一百个序列中至多一个出现突变标记 / jumps from year to year; at most one series in a hundred is flagged if its counts are Poisson with one rate';
comment on column mart.year_on_year.agency_code is '机关代码 / agency code';
comment on column mart.year_on_year.agency_name is '机关名称 / agency';
comment on column mart.year_on_year.agency_kind is '机关类别 / peer group';
comment on column mart.year_on_year.level is '级别 / level';
comment on column mart.year_on_year.province is '省 / province';
comment on column mart.year_on_year.prefecture is '地 / prefecture';
comment on column mart.year_on_year.county is '县 / county';
comment on column mart.year_on_year.division_code is '行政区划代码 / division code';
comment on column mart.year_on_year.concept_code is '概念代码 / concept';
comment on column mart.year_on_year.concept_label is '概念名称 / label of the concept';
comment on column mart.year_on_year.year is '后一年 / the later year';
comment on column mart.year_on_year.previous_value is '前一年数值 / value of the year before';
comment on column mart.year_on_year.value is '后一年数值 / value of the later year';
comment on column mart.year_on_year.change is '增减 / change';
comment on column mart.year_on_year.change_pct is '增减百分比；前一年为零时为空 / change in percent; null where the year before was zero';
comment on column mart.year_on_year.pairs is '该序列参与检验的年对数 / pairs of years of the series that are tested';
comment on column mart.year_on_year.p_value is '精确双侧 p 值 / exact two-sided p-value';
comment on column mart.year_on_year.adjusted_p is '按 Holm 法校正的 p 值 / p-value adjusted by Holm''s method';
comment on column mart.year_on_year.alpha is '误报率上限 / bound of the false-alarm rate of a series';
comment on column mart.year_on_year.is_jump is '是否突变：校正 p 值不超过 alpha，且至少翻倍或减半 / adjusted p at most alpha, and at least doubled or halved';
comment on column mart.year_on_year.is_at_break is '是否恰逢格式或机关断点 / whether form or agency changed there';
comment on column mart.year_on_year.report_url is '后一年年报地址 / address of the later report';
