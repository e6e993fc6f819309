-- grain:  one staged report that cannot be given to an agency and year
-- keys:   sha256 (unique)
-- source: dw.unplaced_document
create view mart.unplaced as
select
    document.title,
    document.agency_name,
    document.division_code,
    document.year,
    document.form,
    document.reason,
    case document.reason
        when 'agency.unnamed' then '标题中没有机关名称'
        when 'division.unknown' then '机关所在地不明或有歧义'
        when 'division.not_in_force' then '行政区划代码在报告年度末无效'
        when 'year.out_of_range' then '报告年度超出范围'
    end as reason_zh,
    document.url as report_url,
    document.first_seen_at,
    document.sha256
from dw.unplaced_document as document;

comment on view mart.unplaced is '无法归入机关与年度的年报 / reports that cannot be given to an agency and year';
comment on column mart.unplaced.title is '标题 / title';
comment on column mart.unplaced.agency_name is '标题中的机关名称 / agency as printed';
comment on column mart.unplaced.division_code is '行政区划代码 / division code';
comment on column mart.unplaced.year is '报告年度 / reporting year';
comment on column mart.unplaced.form is '报告格式 / form';
comment on column mart.unplaced.reason is '原因代码 / named reason';
comment on column mart.unplaced.reason_zh is '原因 / reason in Chinese';
comment on column mart.unplaced.report_url is '年报地址 / address of the report';
comment on column mart.unplaced.first_seen_at is '首次取得时间（UTC） / time of the first capture (UTC)';
comment on column mart.unplaced.sha256 is '归档文件的 SHA-256 / SHA-256 of the archived bytes';
