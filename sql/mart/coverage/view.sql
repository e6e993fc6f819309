-- grain:  one agency, one reporting year, from the year of its first report to the newest year of the warehouse; where a pipeline
--         expects the agency, all years that it expects
-- keys:   agency_code, year (unique)
-- source: dw.dim_agency, dw.expected_agency, dw.dim_document, dw.dim_year, dw.dim_division
create view mart.coverage as
select
    version.agency_code,
    version.agency_name,
    version.agency_kind,
    version.level,
    division.province,
    division.prefecture,
    division.county,
    division.division_code,
    reporting_year.year_key as year,
    case
        when report.document_key is null then 'absent'
        when original.published_on is null then 'reported_undated'
        when original.published_on > due.deadline_date then 'reported_late'
        else 'reported'
    end as state,
    due.deadline_date,
    original.published_on,
    case when original.published_on is not null then greatest(original.published_on - due.deadline_date, 0) end as delay_days,
    original.first_seen_at,
    (
        select max(each.revision)
        from dw.dim_document as each
        where each.agency_key = report.agency_key
            and each.year_key = report.year_key
    ) as revisions,
    report.url as report_url,
    report.sha256,
    report.form
from dw.dim_year as reporting_year
-- A version begins with the first year that shows it, so no year before an agency's first report is expected.
inner join dw.dim_agency as version
    on version.valid_from <= make_date(reporting_year.year_key, 12, 31)
    and version.valid_to > make_date(reporting_year.year_key, 12, 31)
inner join dw.dim_division as known
    on known.division_key = version.division_key
-- An agency is no more expected once its division's code is abolished; a renamed division keeps its code.
inner join dw.dim_division as division
    on division.division_code = known.division_code
    and division.valid_from <= make_date(reporting_year.year_key, 12, 31)
    and division.valid_to > make_date(reporting_year.year_key, 12, 31)
cross join lateral (
    select case version.agency_kind
        when 'people_government' then reporting_year.government_deadline_date
        else reporting_year.department_deadline_date
    end as deadline_date
) as due
left join dw.dim_document as report
    on report.agency_key = version.agency_key
    and report.year_key = reporting_year.year_key
    and report.is_current
-- A correction that comes after the deadline does not make the report late.
left join dw.dim_document as original
    on original.agency_key = version.agency_key
    and original.year_key = reporting_year.year_key
    and original.revision = 1
where reporting_year.year_key <= (
    -- A misread year in the future must not make every agency look absent.
    select max(newest.year_key)
    from dw.dim_document as newest
    where newest.is_current
        and newest.year_key < extract(year from newest.first_seen_at at time zone 'Asia/Shanghai')
)
union all
-- Expected agencies that no report has shown yet, or not for that year.
select
    expected.agency_code,
    division.name || expected.agency_body,
    expected.agency_kind,
    division.level,
    division.province,
    division.prefecture,
    division.county,
    division.division_code,
    reporting_year.year_key,
    'absent',
    case expected.agency_kind
        when 'people_government' then reporting_year.government_deadline_date
        else reporting_year.department_deadline_date
    end,
    null,
    null,
    null,
    null,
    null,
    null,
    null
from dw.expected_agency as expected
inner join dw.dim_year as reporting_year
    on reporting_year.year_key between expected.first_year and coalesce(expected.last_year, reporting_year.year_key)
inner join dw.dim_division as division
    on division.division_code = expected.division_code
    and division.valid_from <= make_date(reporting_year.year_key, 12, 31)
    and division.valid_to > make_date(reporting_year.year_key, 12, 31)
where reporting_year.year_key <= coalesce(
        (
            select max(newest.year_key)
            from dw.dim_document as newest
            where newest.is_current
                and newest.year_key < extract(year from newest.first_seen_at at time zone 'Asia/Shanghai')
        ),
        -- Before any report came, a pipeline that names its last year still says who is missing.
        expected.last_year
    )
    and not exists (
        select 1
        from dw.dim_agency as version
        where version.agency_code = expected.agency_code
            and version.valid_from <= make_date(reporting_year.year_key, 12, 31)
            and version.valid_to > make_date(reporting_year.year_key, 12, 31)
    );

comment on view mart.coverage is '机关×年度的年报公开情况 / agency × year: whether and when the report was published';
comment on column mart.coverage.agency_code is '机关代码 / agency code';
comment on column mart.coverage.agency_name is '机关名称 / agency';
comment on column mart.coverage.agency_kind is '机关类别 / peer group';
comment on column mart.coverage.level is '级别 / level';
comment on column mart.coverage.province is '省 / province';
comment on column mart.coverage.prefecture is '地 / prefecture';
comment on column mart.coverage.county is '县 / county';
comment on column mart.coverage.division_code is '行政区划代码 / division code';
comment on column mart.coverage.year is '报告年度 / reporting year';
comment on column mart.coverage.state is '情况：reported 按期，reported_late 逾期，reported_undated 日期不明，absent 未见 / in time, late, undated or absent';
comment on column mart.coverage.deadline_date is '法定期限 / legal deadline';
comment on column mart.coverage.published_on is '首个版本的公布日期 / date of publication of the first revision';
comment on column mart.coverage.delay_days is '逾期天数 / days after the deadline';
comment on column mart.coverage.first_seen_at is '首个版本的取得时间（UTC） / time at which the first revision was captured (UTC)';
comment on column mart.coverage.revisions is '版本数 / number of revisions';
comment on column mart.coverage.report_url is '现行版本的地址 / address of the current revision';
comment on column mart.coverage.sha256 is '现行版本归档文件的 SHA-256 / SHA-256 of the current revision''s bytes';
comment on column mart.coverage.form is '现行版本的报告格式 / form of the current revision';
