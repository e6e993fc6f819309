-- grain:  one agency, one reporting year with a report
-- keys:   agency_code, year (unique)
-- source: dw.fact_check, dw.dim_agency, dw.dim_division, dw.dim_document, dw.dim_check
create view mart.reconciliation as
with judged as (
    select
        fact.agency_key, fact.year_key, fact.document_key,
        count(*) filter (where fact.status = 'pass') as passed,
        count(*) filter (where fact.status = 'fail') as failed,
        count(*) filter (where fact.status = 'not_assessable') as not_assessable,
        array_agg(rule.check_code order by rule.check_key) filter (where fact.status = 'fail') as failed_checks
    from dw.fact_check as fact
    inner join dw.dim_check as rule using (check_key)
    group by fact.agency_key, fact.year_key, fact.document_key
)
select
    agency.agency_code,
    agency.agency_name,
    agency.agency_kind,
    agency.level,
    division.province,
    division.prefecture,
    division.county,
    division.division_code,
    judged.year_key as year,
    judged.passed,
    judged.failed,
    judged.not_assessable,
    coalesce(judged.failed_checks, '{}') as failed_checks,
    document.url as report_url,
    document.sha256
from judged
inner join dw.dim_agency as agency using (agency_key)
inner join dw.dim_division as division using (division_key)
inner join dw.dim_document as document using (document_key);

comment on view mart.reconciliation is '机关×年度的勾稽结果 / agency × year: how many checks passed, failed or could not be judged';
comment on column mart.reconciliation.agency_code is '机关代码 / agency code';
comment on column mart.reconciliation.agency_name is '机关名称 / agency';
comment on column mart.reconciliation.agency_kind is '机关类别 / peer group';
comment on column mart.reconciliation.level is '级别 / level';
comment on column mart.reconciliation.province is '省 / province';
comment on column mart.reconciliation.prefecture is '地 / prefecture';
comment on column mart.reconciliation.county is '县 / county';
comment on column mart.reconciliation.division_code is '行政区划代码 / division code';
comment on column mart.reconciliation.year is '报告年度 / reporting year';
comment on column mart.reconciliation.passed is '相符的项数 / checks that passed';
comment on column mart.reconciliation.failed is '不符的项数 / checks that failed';
comment on column mart.reconciliation.not_assessable is '无法判断的项数 / checks that could not be judged';
comment on column mart.reconciliation.failed_checks is '不符的勾稽关系 / codes of the failed checks';
comment on column mart.reconciliation.report_url is '年报地址 / address of the report';
comment on column mart.reconciliation.sha256 is '归档文件的 SHA-256 / SHA-256 of the archived bytes';
