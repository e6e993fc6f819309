-- grain:  one number stated in the prose of one current report, all names spelled out
-- keys:   agency_code, year, position (unique)
-- source: dw.fact_narrative and its dimensions; words and locator from staging
create view mart.narrative as
select
    agency.agency_code,
    agency.agency_name,
    agency.agency_kind,
    agency.level,
    division.province,
    division.prefecture,
    division.county,
    division.division_code,
    fact.year_key as year,
    fact.position,
    measure.measure_code,
    measure.label_zh as measure_label,
    fact.value,
    fact.table_value,
    fact.agrees,
    fact.reason,
    stated.raw as text,
    stated.locator,
    document.url as report_url,
    document.sha256
from dw.fact_narrative as fact
left join dw.dim_agency as agency using (agency_key)
left join dw.dim_division as division using (division_key)
left join dw.dim_measure as measure using (measure_key)
left join dw.dim_document as document using (document_key)
left join stg.narrative as stated
    on stated.document_key = fact.document_key
    and stated.position = fact.position;

comment on view mart.narrative is '正文所述数字与表格的对照 / numbers stated in the prose against the tables';
comment on column mart.narrative.agency_code is '机关代码 / agency code';
comment on column mart.narrative.agency_name is '机关名称 / agency';
comment on column mart.narrative.agency_kind is '机关类别 / peer group';
comment on column mart.narrative.level is '级别 / level';
comment on column mart.narrative.province is '省 / province';
comment on column mart.narrative.prefecture is '地 / prefecture';
comment on column mart.narrative.county is '县 / county';
comment on column mart.narrative.division_code is '行政区划代码 / division code';
comment on column mart.narrative.year is '报告年度 / reporting year';
comment on column mart.narrative.position is '在正文中的序号 / position in the prose';
comment on column mart.narrative.measure_code is '指标代码；sum.parts 为“其中”各分项与总数之比较 / measure; sum.parts compares a sum with its parts';
comment on column mart.narrative.measure_label is '指标名称 / label of the measure';
comment on column mart.narrative.value is '正文所述数值 / number that the prose states';
comment on column mart.narrative.table_value is '表格中的相应数值；sum.parts 为各分项之和 / what the cells say, or for sum.parts what the parts add up to';
comment on column mart.narrative.agrees is '是否一致；不能比较为空 / whether the two agree; null when they cannot be compared';
comment on column mart.narrative.reason is '不能比较的原因 / why they cannot be compared';
comment on column mart.narrative.text is '原文 / words as printed';
comment on column mart.narrative.locator is '在文件中的位置 / place in the document';
comment on column mart.narrative.report_url is '年报地址 / address of the report';
comment on column mart.narrative.sha256 is '归档文件的 SHA-256 / SHA-256 of the archived bytes';
