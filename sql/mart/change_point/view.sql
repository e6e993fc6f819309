-- grain:  one agency, one concept that counts cases, one unbroken run of at least four comparable years
-- keys:   agency_code, concept_code, first_year (unique)
-- source: mart.trend
-- False alarms: if the counts of a run are Poisson with one rate, at most one run in a hundred is flagged. Real counts vary more than
-- Poisson ones; a flag says that the level of the years before and behind differs more than such chance explains, not why.
create view mart.change_point as
with run as (
    select
        trend.*,
        count(*) filter (where not trend.is_comparable) over (
            partition by trend.agency_code, trend.concept_code order by trend.year
        ) as run
    from mart.trend as trend
    where trend.state = 'reported'
        and trend.unit in ('件', '件次', '次', '条')
        and trend.concept_code not like '%.in_force'
        and trend.concept_code not like '%.items'
),
series as (
    select
        run.agency_code, run.concept_code, run.concept_label, run.run,
        (array_agg(run.agency_name order by run.year desc))[1] as agency_name,
        (array_agg(run.agency_kind order by run.year desc))[1] as agency_kind,
        (array_agg(run.level order by run.year desc))[1] as level,
        (array_agg(run.division_code order by run.year desc))[1] as division_code,
        min(run.year) as first_year,
        max(run.year) as last_year,
        array_agg(run.value order by run.year) as counts
    from run
    group by run.agency_code, run.concept_code, run.concept_label, run.run
    having count(*) >= 4
)
select
    series.agency_code,
    series.agency_name,
    series.agency_kind,
    series.level,
    series.division_code,
    series.concept_code,
    series.concept_label,
    series.first_year,
    series.last_year,
    series.counts,
    (series.first_year + found.years_before)::smallint as changed_year,
    round((select avg(counted.value) from unnest(series.counts[:found.years_before]) as counted (value)), 2) as mean_before,
    round((select avg(counted.value) from unnest(series.counts[found.years_before + 1:]) as counted (value)), 2) as mean_after,
    found.p_value,
    found.adjusted_p,
    0.01 as alpha,
    found.adjusted_p <= 0.01 as is_change
from series
cross join lateral mart.poisson_change_point(series.counts) as found
where found.p_value is not null;

comment on view mart.change_point is '变点：短序列中水平最可能发生变化的年份；误报率：若各年服从同一泊松分布，一百个序列中至多一个被标记 / the year in which the level of a short series likeliest changed; at most one series in a hundred is flagged if its counts are Poisson with one rate';
comment on column mart.change_point.agency_code is '机关代码 / agency code';
comment on column mart.change_point.agency_name is '机关名称（最近一年） / agency as in the last year';
comment on column mart.change_point.agency_kind is '机关类别 / peer group';
comment on column mart.change_point.level is '级别 / level';
comment on column mart.change_point.division_code is '行政区划代码 / division code';
comment on column mart.change_point.concept_code is '概念代码 / concept';
comment on column mart.change_point.concept_label is '概念名称 / label of the concept';
comment on column mart.change_point.first_year is '序列首年 / first year of the run';
comment on column mart.change_point.last_year is '序列末年 / last year of the run';
comment on column mart.change_point.counts is '各年数值 / values by year';
comment on column mart.change_point.changed_year is '新水平的首年 / first year of the new level';
comment on column mart.change_point.mean_before is '此前年均 / yearly mean before';
comment on column mart.change_point.mean_after is '此后年均 / yearly mean from then on';
comment on column mart.change_point.p_value is '该处的精确双侧 p 值 / exact two-sided p-value at that place';
comment on column mart.change_point.adjusted_p is '按可能位置数校正的 p 值 / p-value times the number of places';
comment on column mart.change_point.alpha is '误报率上限 / bound of the false-alarm rate';
comment on column mart.change_point.is_change is '是否标记为变点 / whether it is flagged';
