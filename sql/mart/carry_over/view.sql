-- grain:  one current report on a form that has the row, one applicant column
-- keys:   agency_code, year, column_code (unique)
-- source: dw.fact_cell, dw.dim_cell, dw.dim_document, dw.dim_agency, dw.dim_division
-- What last year's report carried forward is what this year's says was carried over. The forms do not state it, but both count the
-- same requests. The agency is the same code in both years; its versions may differ.
create view mart.carry_over as
-- Not materialized, so that a query's filters reach the tables below each use.
with carried as not materialized (
    select
        agency.agency_code, fact.year_key, cell.row_code, cell.column_code, cell.column_label_zh, fact.value, fact.state,
        fact.agency_key, fact.document_key
    from dw.dim_cell as cell
    inner join dw.fact_cell as fact using (cell_key)
    inner join dw.dim_agency as agency using (agency_key)
    where cell.row_code in ('requests.carried_over', 'requests.carried_forward')
),
last_report as (
    select agency.agency_code, (document.year_key + 1)::smallint as next_year, document.form, document.url, document.sha256
    from dw.dim_document as document
    inner join dw.dim_agency as agency using (agency_key)
    where document.is_current
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
    this_year.year_key as year,
    this_year.column_code,
    this_year.column_label_zh as column_label,
    last_year.value as carried_forward,
    this_year.value as carried_over,
    this_year.value - last_year.value as difference,
    case
        when this_year.value = last_year.value then 'pass'
        when this_year.value <> last_year.value then 'fail'
        else 'not_assessable'
    end as status,
    case
        when last_report.agency_code is null then 'previous_absent'
        when last_year.state is null then 'previous_form'
        when last_year.value is null then 'previous_' || last_year.state
        when this_year.value is null then 'this_' || this_year.state
    end as reason,
    last_report.form as previous_form,
    document.form,
    last_report.url as previous_report_url,
    last_report.sha256 as previous_sha256,
    document.url as report_url,
    document.sha256
from carried as this_year
inner join dw.dim_agency as agency using (agency_key)
inner join dw.dim_division as division using (division_key)
inner join dw.dim_document as document
    on document.document_key = this_year.document_key
left join last_report
    on last_report.agency_code = this_year.agency_code
    and last_report.next_year = this_year.year_key
left join carried as last_year
    on last_year.row_code = 'requests.carried_forward'
    and last_year.column_code = this_year.column_code
    and last_year.agency_code = this_year.agency_code
    and last_year.year_key = this_year.year_key - 1
where this_year.row_code = 'requests.carried_over';

comment on view mart.carry_over is '跨年勾稽：上年“结转下年度继续办理”应等于本年“上年结转”，逐列核对 / last year carried forward against this year carried over, column by column';
comment on column mart.carry_over.agency_code is '机关代码 / agency code';
comment on column mart.carry_over.agency_name is '机关名称 / agency';
comment on column mart.carry_over.agency_kind is '机关类别 / peer group';
comment on column mart.carry_over.level is '级别 / level';
comment on column mart.carry_over.province is '省 / province';
comment on column mart.carry_over.prefecture is '地 / prefecture';
comment on column mart.carry_over.county is '县 / county';
comment on column mart.carry_over.division_code is '行政区划代码 / division code';
comment on column mart.carry_over.year is '报告年度 / reporting year';
comment on column mart.carry_over.column_code is '申请人类别代码 / applicant column';
comment on column mart.carry_over.column_label is '申请人类别 / applicant';
comment on column mart.carry_over.carried_forward is '上年年报“结转下年度继续办理” / carried forward in the report of the year before';
comment on column mart.carry_over.carried_over is '本年年报“上年结转政府信息公开申请数量” / carried over in the report of this year';
comment on column mart.carry_over.difference is '差额：本年减上年 / this year minus last year';
comment on column mart.carry_over.status is '结果：pass 相符，fail 不符，not_assessable 无法判断 / pass, fail or not_assessable';
comment on column mart.carry_over.reason is '无法判断的原因：previous_absent 未见上年年报，previous_form 上年格式无此项，previous_… 或 this_… 为该格状态；可判断时为空 / why it cannot be judged; null where it can';
comment on column mart.carry_over.previous_form is '上年报告格式 / form of the year before';
comment on column mart.carry_over.form is '本年报告格式 / form of this year';
comment on column mart.carry_over.previous_report_url is '上年年报地址 / address of the earlier report';
comment on column mart.carry_over.previous_sha256 is '上年归档文件的 SHA-256 / SHA-256 of the earlier report';
comment on column mart.carry_over.report_url is '本年年报地址 / address of this report';
comment on column mart.carry_over.sha256 is '本年归档文件的 SHA-256 / SHA-256 of this report';
