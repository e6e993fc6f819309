-- grain:  one agency, one reporting year with a report
-- keys:   agency_code, year (unique)
-- source: dw.dim_document, dw.dim_agency, dw.dim_division, dw.dim_year, ops.site_visit, ops.run
-- A printed date is what the agency says; when the report was first seen is what we know. A complete visit of its site that did not
-- find it proves that it was not there then: a date before such a visit is contradicted, a visit after the deadline proves it late.
create view mart.lateness as
with visit as (
    select run.pipeline, visit.site_code, visit.started_at
    from ops.site_visit as visit
    inner join ops.run as run using (run_id)
    where visit.outcome = 'complete'
),
original as (
    select
        document.agency_key, document.year_key, document.published_on, document.first_seen_at, document.url, document.sha256,
        (document.first_seen_at at time zone 'Asia/Shanghai')::date as seen_on,
        -- The visit that found it began before it was seen; what counts is one that ended without it.
        (
            select max((visit.started_at at time zone 'Asia/Shanghai')::date)
            from visit
            where visit.pipeline = document.pipeline
                and visit.site_code = document.site_code
                and (visit.started_at at time zone 'Asia/Shanghai')::date < (document.first_seen_at at time zone 'Asia/Shanghai')::date
        ) as not_yet_on
    from dw.dim_document as document
    where document.revision = 1
),
due as (
    select
        original.*, agency.agency_code, agency.agency_name, agency.agency_kind, agency.level, division.province, division.prefecture,
        division.county, division.division_code,
        case agency.agency_kind
            when 'people_government' then reporting_year.government_deadline_date
            else reporting_year.department_deadline_date
        end as deadline_date
    from original
    inner join dw.dim_agency as agency using (agency_key)
    inner join dw.dim_division as division using (division_key)
    inner join dw.dim_year as reporting_year using (year_key)
)
select
    due.agency_code,
    due.agency_name,
    due.agency_kind,
    due.level,
    due.province,
    due.prefecture,
    due.county,
    due.division_code,
    due.year_key as year,
    due.deadline_date,
    due.published_on,
    due.seen_on,
    due.not_yet_on,
    case when due.published_on is not null then greatest(due.published_on - due.deadline_date, 0) end as claimed_delay_days,
    greatest(due.seen_on - due.deadline_date, 0) as seen_delay_days,
    case
        when due.seen_on <= due.deadline_date then 'in_time_proven'
        when due.not_yet_on > due.deadline_date then 'late_proven'
        when due.published_on > due.deadline_date then 'late_claimed'
        when due.published_on is null then 'undated'
        else 'in_time_claimed'
    end as finding,
    coalesce(due.published_on > due.seen_on, false) as is_dated_after_seen,
    coalesce(due.published_on <= due.not_yet_on, false) as is_date_contradicted,
    due.url as report_url,
    due.sha256
from due;

comment on view mart.lateness is '逾期证据：公布日期为机关所称，首次取得时间为实证 / lateness: the date that is claimed against when the report was first seen';
comment on column mart.lateness.agency_code is '机关代码 / agency code';
comment on column mart.lateness.agency_name is '机关名称 / agency';
comment on column mart.lateness.agency_kind is '机关类别 / peer group';
comment on column mart.lateness.level is '级别 / level';
comment on column mart.lateness.province is '省 / province';
comment on column mart.lateness.prefecture is '地 / prefecture';
comment on column mart.lateness.county is '县 / county';
comment on column mart.lateness.division_code is '行政区划代码 / division code';
comment on column mart.lateness.year is '报告年度 / reporting year';
comment on column mart.lateness.deadline_date is '法定期限 / legal deadline';
comment on column mart.lateness.published_on is '所称公布日期 / date of publication as claimed';
comment on column mart.lateness.seen_on is '首次取得日期（北京时间） / day on which it was first seen (China time)';
comment on column mart.lateness.not_yet_on is '取得之前最近一次完整访问该站点而未见此报告的日期；无则为空 / last day before that on which a complete visit of the site did not find it; null where there was none';
comment on column mart.lateness.claimed_delay_days is '按所称日期的逾期天数 / days late by the date claimed';
comment on column mart.lateness.seen_delay_days is '按首次取得的逾期天数（上限） / days late by when it was seen: at most';
comment on column mart.lateness.finding is '结论：in_time_proven 期限内已取得，late_proven 期限后访问仍未见，late_claimed 所称日期已逾期，in_time_claimed 所称按期而无实证，undated 无日期亦无实证 / in_time_proven, late_proven, late_claimed, in_time_claimed or undated';
comment on column mart.lateness.is_dated_after_seen is '所称日期晚于首次取得 / dated after the day it was seen';
comment on column mart.lateness.is_date_contradicted is '所称日期之后的完整访问仍未见此报告 / a complete visit on or after the date claimed did not find it';
comment on column mart.lateness.report_url is '首个版本的地址 / address of the first revision';
comment on column mart.lateness.sha256 is '首个版本的 SHA-256 / SHA-256 of the first revision';
