-- grain:  one agency, one reporting year, one cell of that year's current report, all names spelled out
-- keys:   agency_code, year, cell_code (unique)
-- source: dw.fact_cell and its dimensions; locator and raw text from staging
-- Every join is a left join to a unique key, so that a query pays only for the names it asks for.
create view mart.cell as
select
    agency.agency_name,
    agency.agency_kind,
    agency.level,
    division.province,
    division.prefecture,
    division.county,
    division.division_code,
    fact.year_key as year,
    cell.form,
    cell.cell_code,
    cell.concept_code,
    cell.label_zh as cell_label,
    cell.unit,
    fact.value,
    fact.state,
    document.url as report_url,
    document.published_on,
    document.sha256,
    reading.cell_locators[array_position(layout.cell_codes, cell.cell_code)] as locator,
    reading.cell_raws[array_position(layout.cell_codes, cell.cell_code)] as raw,
    agency.agency_code,
    cell.is_total,
    cell.additive_group
from dw.fact_cell as fact
left join dw.dim_agency as agency using (agency_key)
left join dw.dim_division as division using (division_key)
left join dw.dim_cell as cell using (cell_key)
left join dw.dim_document as document using (document_key)
left join stg.report_reading as reading using (document_key)
left join stg.reading_layout as layout using (layout_key);

comment on view mart.cell is '每个机关每年每个单元格一行 / one row per fact, all names spelled out';
comment on column mart.cell.agency_name is '机关名称 / agency';
comment on column mart.cell.agency_kind is '机关类别 / peer group';
comment on column mart.cell.level is '级别 / level';
comment on column mart.cell.province is '省 / province';
comment on column mart.cell.prefecture is '地 / prefecture';
comment on column mart.cell.county is '县 / county';
comment on column mart.cell.division_code is '行政区划代码 / division code';
comment on column mart.cell.year is '报告年度 / reporting year';
comment on column mart.cell.form is '报告格式 / form';
comment on column mart.cell.cell_code is '单元格代码：行/列 / cell: row, slash, column';
comment on column mart.cell.concept_code is '仅由本格构成的可比概念 / concept that this cell alone makes up';
comment on column mart.cell.cell_label is '单元格名称 / label';
comment on column mart.cell.unit is '单位 / unit';
comment on column mart.cell.value is '数值；仅 reported 状态有值，缺失不等于零 / value; only when reported: missing is never zero';
comment on column mart.cell.state is '状态 / state';
comment on column mart.cell.report_url is '年报地址 / address of the report';
comment on column mart.cell.published_on is '公布日期 / date of publication';
comment on column mart.cell.sha256 is '归档文件的 SHA-256 / SHA-256 of the archived bytes';
comment on column mart.cell.locator is '在文件中的位置 / place in the document';
comment on column mart.cell.raw is '原文 / text as printed';
comment on column mart.cell.agency_code is '机关代码 / agency code, the same over all years';
comment on column mart.cell.is_total is '是否合计格；与其组成部分一并相加会重复计算，求和请用 mart.additive_cell / true where the form calls it a sum: adding it to its parts counts twice; use mart.additive_cell for sums';
comment on column mart.cell.additive_group is '可加组，以合计格命名；不同组不可相加 / additive group, named after its total; groups must not be added to each other';
