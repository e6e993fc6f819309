-- grain:  one current report on a form with documents in force, one kind of document (rules, normative documents)
-- keys:   agency_code, year, document_kind (unique)
-- source: dw.fact_cell, dw.dim_cell, dw.dim_document, dw.dim_agency, dw.dim_division
-- In force last year, plus issued, minus repealed, is in force this year. Only form 2021 has all of it, so that 2022 is the first year.
-- Plausible, not stated by the form: amended documents, clean-ups and mergers break it with good reason.
create view mart.document_ledger as
-- Not materialized, so that a query's filters reach the tables below each use.
with ledger as not materialized (
    select
        agency.agency_code, fact.year_key, cell.row_code, cell.row_label_zh,
        min(fact.agency_key) as agency_key,
        min(fact.document_key) as document_key,
        max(fact.value) filter (where cell.column_code = 'issued') as issued,
        max(fact.value) filter (where cell.column_code = 'repealed') as repealed,
        max(fact.value) filter (where cell.column_code = 'in_force') as in_force
    from dw.dim_cell as cell
    inner join dw.fact_cell as fact using (cell_key)
    inner join dw.dim_agency as agency using (agency_key)
    where cell.row_code in ('disclosure.regulations', 'disclosure.normative_documents')
    group by agency.agency_code, fact.year_key, cell.row_code, cell.row_label_zh
    having count(*) filter (where cell.column_code = 'in_force') > 0
),
last_report as (
    select agency.agency_code, (document.year_key + 1)::smallint as next_year, document.form, document.url, document.sha256
    from dw.dim_document as document
    inner join dw.dim_agency as agency using (agency_key)
    where document.is_current
),
expected as (
    select
        this_year.*,
        last_year.in_force as previous_in_force,
        last_year.row_code is not null as has_previous_row,
        last_year.in_force + this_year.issued - this_year.repealed as expected_in_force
    from ledger as this_year
    left join ledger as last_year
        on last_year.agency_code = this_year.agency_code
        and last_year.row_code = this_year.row_code
        and last_year.year_key = this_year.year_key - 1
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
    expected.year_key as year,
    split_part(expected.row_code, '.', 2) as document_kind,
    expected.row_label_zh as document_label,
    expected.previous_in_force,
    expected.issued,
    expected.repealed,
    expected.expected_in_force,
    expected.in_force,
    expected.in_force - expected.expected_in_force as difference,
    case
        when expected.in_force = expected.expected_in_force then 'pass'
        when expected.in_force <> expected.expected_in_force then 'fail'
        else 'not_assessable'
    end as status,
    case
        when last_report.agency_code is null then 'previous_absent'
        when not expected.has_previous_row then 'previous_form'
        when expected.previous_in_force is null then 'previous_not_reported'
        when expected.in_force is null or expected.expected_in_force is null then 'this_not_reported'
    end as reason,
    last_report.form as previous_form,
    document.form,
    last_report.url as previous_report_url,
    last_report.sha256 as previous_sha256,
    document.url as report_url,
    document.sha256
from expected
inner join dw.dim_agency as agency using (agency_key)
inner join dw.dim_division as division using (division_key)
inner join dw.dim_document as document using (document_key)
left join last_report
    on last_report.agency_code = expected.agency_code
    and last_report.next_year = expected.year_key;

comment on view mart.document_ledger is '规章与规范性文件台账：上年现行有效 + 本年制发 − 本年废止 = 本年现行有效（仅 2021 年格式） / ledger of documents in force: last year plus issued minus repealed is this year (form 2021 only)';
comment on column mart.document_ledger.agency_code is '机关代码 / agency code';
comment on column mart.document_ledger.agency_name is '机关名称 / agency';
comment on column mart.document_ledger.agency_kind is '机关类别 / peer group';
comment on column mart.document_ledger.level is '级别 / level';
comment on column mart.document_ledger.province is '省 / province';
comment on column mart.document_ledger.prefecture is '地 / prefecture';
comment on column mart.document_ledger.county is '县 / county';
comment on column mart.document_ledger.division_code is '行政区划代码 / division code';
comment on column mart.document_ledger.year is '报告年度 / reporting year';
comment on column mart.document_ledger.document_kind is '文件种类：regulations 规章，normative_documents 规范性文件 / regulations or normative_documents';
comment on column mart.document_ledger.document_label is '文件种类名称 / label';
comment on column mart.document_ledger.previous_in_force is '上年现行有效件数 / in force at the end of the year before';
comment on column mart.document_ledger.issued is '本年制发件数 / issued in the year';
comment on column mart.document_ledger.repealed is '本年废止件数 / repealed in the year';
comment on column mart.document_ledger.expected_in_force is '推算的现行有效件数 / in force as it follows';
comment on column mart.document_ledger.in_force is '本年现行有效件数 / in force as reported';
comment on column mart.document_ledger.difference is '差额：所报减推算 / reported minus expected';
comment on column mart.document_ledger.status is '结果：pass 相符，fail 不符，not_assessable 无法判断 / pass, fail or not_assessable';
comment on column mart.document_ledger.reason is '无法判断的原因：previous_absent 未见上年年报，previous_form 上年格式无此项，previous_not_reported 上年无数字，this_not_reported 本年无数字 / why it cannot be judged; null where it can';
comment on column mart.document_ledger.previous_form is '上年报告格式 / form of the year before';
comment on column mart.document_ledger.form is '本年报告格式 / form of this year';
comment on column mart.document_ledger.previous_report_url is '上年年报地址 / address of the earlier report';
comment on column mart.document_ledger.previous_sha256 is '上年归档文件的 SHA-256 / SHA-256 of the earlier report';
comment on column mart.document_ledger.report_url is '本年年报地址 / address of this report';
comment on column mart.document_ledger.sha256 is '本年归档文件的 SHA-256 / SHA-256 of this report';
