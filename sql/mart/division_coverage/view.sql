-- grain:  one division, one reporting year, one level and kind of the agencies below it
-- keys:   division_code, year, agency_level, agency_kind (unique)
-- source: mart.coverage, dw.dim_division
-- The same groups as mart.division_total, from who ought to report rather than from who did.
create view mart.division_coverage as
-- Not materialized, so that a query's filters reach the tables below each use.
with agency_year as not materialized (
    select
        coverage.year, coverage.division_code, coverage.level as agency_level, coalesce(coverage.agency_kind, 'unclassified') as agency_kind,
        coverage.state
    from mart.coverage as coverage
),
member as (
    select
        agency_year.year, agency_year.division_code, agency_year.agency_level,
        case when agency_year.agency_kind = 'people_government' or agency_year.agency_level <> 'county' then agency_year.agency_kind else 'departments' end as agency_kind,
        agency_year.state
    from agency_year
    union all
    select
        agency_year.year, parent.division_code, agency_year.agency_level, agency_year.agency_kind, agency_year.state
    from agency_year
    inner join dw.dim_division as parent
        on parent.division_code in (left(agency_year.division_code, 4) || '00', left(agency_year.division_code, 2) || '0000')
        and parent.division_code <> agency_year.division_code
        and parent.valid_from <= make_date(agency_year.year, 12, 31)
        and parent.valid_to > make_date(agency_year.year, 12, 31)
)
select
    member.year,
    member.division_code,
    member.agency_level,
    member.agency_kind,
    count(*) as n_expected,
    count(*) filter (where member.state <> 'absent') as n_present,
    count(*) filter (where member.state = 'reported_late') as n_late
from member
group by member.year, member.division_code, member.agency_level, member.agency_kind;

comment on view mart.division_coverage is '行政区划×年度×机关级别×类别的年报覆盖情况 / how many of the agencies below a division reported';
comment on column mart.division_coverage.year is '报告年度 / reporting year';
comment on column mart.division_coverage.division_code is '行政区划代码 / division code';
comment on column mart.division_coverage.agency_level is '机关级别 / level of the agencies';
comment on column mart.division_coverage.agency_kind is '机关类别；县级区划为 departments 或 people_government / kind; in counties departments or people_government';
comment on column mart.division_coverage.n_expected is '应有年报的已知机关数 / agencies known by then, that is with a report of this or an earlier year';
comment on column mart.division_coverage.n_present is '已见年报的机关数 / agencies whose report was found';
comment on column mart.division_coverage.n_late is '其中逾期的机关数 / of these, late ones';
