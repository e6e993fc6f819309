-- grain:  one agency, one concept, one reporting year from its first report on
-- keys:   agency_code, concept_code, year (unique)
-- source: mart.coverage, mart.concept_value, dw.dim_concept, dw.dim_year
-- Years without a report or a value stand in the series as such. Filters on agency_code and concept_code reach the
-- tables below; others are applied to the finished series. Ask for one year of many agencies through mart.county_comparison.
create view mart.trend as
with series as (
    select
        coverage.agency_code, coverage.agency_name, coverage.agency_kind, coverage.level, coverage.province, coverage.prefecture,
        coverage.county, coverage.division_code, concept.concept_code, concept.label_zh as concept_label, concept.unit, coverage.year,
        -- A year without a report has the form it ought to have had.
        coalesce(coverage.form, reporting_year.form) as form,
        case
            when coverage.state = 'absent' then 'absent'
            when this_year.concept_code is null then 'not_in_form'
            when this_year.value is null then 'incomplete'
            else 'reported'
        end as state,
        this_year.value, this_year.is_exact, this_year.cells, this_year.reported_cells,
        coverage.report_url, coverage.sha256
    from mart.coverage as coverage
    inner join dw.dim_year as reporting_year
        on reporting_year.year_key = coverage.year
    cross join dw.dim_concept as concept
    left join mart.concept_value as this_year
        on this_year.concept_code = concept.concept_code
        and this_year.year = coverage.year
        and this_year.agency_code = coverage.agency_code
),
stepped as (
    select
        series.*,
        lag(series.year) over concept_years as previous_year,
        lag(series.form) over concept_years as previous_form,
        lag(series.value) over concept_years as previous_value,
        lag(series.is_exact) over concept_years as previous_is_exact,
        lag(series.agency_name) over concept_years as previous_agency_name,
        lag(series.agency_kind) over concept_years as previous_agency_kind,
        lag(series.division_code) over concept_years as previous_division_code
    from series
    window concept_years as (partition by series.agency_code, series.concept_code order by series.year)
),
judged as (
    select
        stepped.*,
        -- Two forms that both know a concept only roughly do so in different ways.
        coalesce(
            stepped.value is not null and stepped.previous_value is not null and stepped.previous_year = stepped.year - 1
            and stepped.is_exact = stepped.previous_is_exact and (stepped.is_exact or stepped.form = stepped.previous_form),
            false
        ) as is_comparable
    from stepped
)
select
    judged.agency_code,
    judged.agency_name,
    judged.agency_kind,
    judged.level,
    judged.province,
    judged.prefecture,
    judged.county,
    judged.division_code,
    judged.concept_code,
    judged.concept_label,
    judged.unit,
    judged.year,
    judged.form,
    judged.state,
    judged.value,
    case judged.is_exact when true then 'exact' when false then 'approximate' else 'none' end as comparability,
    judged.cells,
    judged.reported_cells,
    coalesce(judged.form <> judged.previous_form, false) as is_form_break,
    judged.previous_year is not null and (judged.agency_name, judged.agency_kind, judged.division_code) is distinct from
        (judged.previous_agency_name, judged.previous_agency_kind, judged.previous_division_code) as is_agency_break,
    judged.is_comparable,
    case when judged.is_comparable then judged.previous_value end as previous_value,
    case when judged.is_comparable then judged.value - judged.previous_value end as change,
    case
        when judged.is_comparable and judged.previous_value > 0 then round(100.0 * (judged.value - judged.previous_value) / judged.previous_value, 1)
    end as change_pct,
    judged.report_url,
    judged.sha256
from judged;

comment on view mart.trend is '机关×概念×年度的序列，跨各报告格式；断点与口径均注明，缺失年份照列 / series per agency and concept over all forms, with breaks and comparability; years without a value stand in it as such';
comment on column mart.trend.agency_code is '机关代码 / agency code';
comment on column mart.trend.agency_name is '机关名称（当年） / agency as in that year';
comment on column mart.trend.agency_kind is '机关类别 / peer group';
comment on column mart.trend.level is '级别 / level';
comment on column mart.trend.province is '省 / province';
comment on column mart.trend.prefecture is '地 / prefecture';
comment on column mart.trend.county is '县 / county';
comment on column mart.trend.division_code is '行政区划代码 / division code';
comment on column mart.trend.concept_code is '概念代码 / concept';
comment on column mart.trend.concept_label is '概念名称 / label of the concept';
comment on column mart.trend.unit is '单位 / unit';
comment on column mart.trend.year is '报告年度 / reporting year';
comment on column mart.trend.form is '报告格式；未见年报的年份为当年应用格式 / form; for a year without a report the one in force';
comment on column mart.trend.state is '情况：reported 有数值，incomplete 数字不全，not_in_form 该格式无此项，absent 未见年报 / reported, incomplete, not_in_form or absent';
comment on column mart.trend.value is '数值；任一组成格缺失则为空 / value; null unless all of its cells are reported';
comment on column mart.trend.comparability is '口径：exact 一致，approximate 近似，none 无数据或无此项 / exact, approximate or none';
comment on column mart.trend.cells is '概念包含的单元格数 / cells that make up the concept';
comment on column mart.trend.reported_cells is '其中有数字的单元格数 / cells of these that have a value';
comment on column mart.trend.is_form_break is '格式断点：与上一年格式不同 / another form than the year before';
comment on column mart.trend.is_agency_break is '机关断点：名称、类别或区划与上一年不同 / name, kind or division differ from the year before';
comment on column mart.trend.is_comparable is '能否与上年直接比较 / whether the value compares with that of the year before';
comment on column mart.trend.previous_value is '上年数值；不可比为空 / value of the year before; null where it does not compare';
comment on column mart.trend.change is '比上年增减 / change from the year before';
comment on column mart.trend.change_pct is '比上年增减百分比；上年为零时为空 / change in percent; null where the year before was zero';
comment on column mart.trend.report_url is '年报地址 / address of the report';
comment on column mart.trend.sha256 is '归档文件的 SHA-256 / SHA-256 of the archived bytes';
