-- grain:  one cell of a report, over one stretch of time in which that report was the current one
-- keys:   agency_code, year, cell_code, known_from (unique)
-- source: dw.report_period and its dimensions; cells from staging, where every revision stands whole
-- The columns behind known_to are those of mart.cell.
create view dw.cell_period as
select
    period.known_from,
    period.known_to,
    period.agency_name,
    period.agency_kind,
    division.level,
    division.province,
    division.prefecture,
    division.county,
    division.division_code,
    period.year_key as year,
    layout.form,
    printed.cell_code,
    cell.concept_code,
    cell.label_zh as cell_label,
    cell.unit,
    printed.value,
    printed.state::dw.cell_state as state,
    document.url as report_url,
    document.published_on,
    document.sha256,
    printed.locator,
    printed.raw,
    period.agency_code,
    cell.is_total,
    cell.additive_group
from dw.report_period as period
inner join dw.dim_division as division using (division_key)
inner join dw.dim_document as document using (document_key)
inner join stg.report_reading as reading using (document_key)
inner join stg.reading_layout as layout using (layout_key)
cross join lateral unnest(
    layout.cell_codes, reading.cell_values, reading.cell_states, reading.cell_locators, reading.cell_raws
) as printed (cell_code, value, state, locator, raw)
left join dw.dim_cell as cell
    on cell.form = layout.form
    and cell.cell_code = printed.cell_code;

comment on view dw.cell_period is '各版本的单元格及其作为现行版本的时段 / cells of every revision with the time in which it was the current one';
comment on column dw.cell_period.known_from is '开始时间（含，UTC） / from (inclusive, UTC)';
comment on column dw.cell_period.known_to is '结束时间（不含，UTC）；至今为 infinity / to (exclusive, UTC); infinity while it stands';
comment on column dw.cell_period.agency_name is '机关名称 / agency';
comment on column dw.cell_period.agency_kind is '机关类别 / peer group';
comment on column dw.cell_period.level is '级别 / level';
comment on column dw.cell_period.province is '省 / province';
comment on column dw.cell_period.prefecture is '地 / prefecture';
comment on column dw.cell_period.county is '县 / county';
comment on column dw.cell_period.division_code is '行政区划代码 / division code';
comment on column dw.cell_period.year is '报告年度 / reporting year';
comment on column dw.cell_period.form is '报告格式 / form';
comment on column dw.cell_period.cell_code is '单元格代码：行/列 / cell: row, slash, column';
comment on column dw.cell_period.concept_code is '仅由本格构成的可比概念 / concept that this cell alone makes up';
comment on column dw.cell_period.cell_label is '单元格名称 / label';
comment on column dw.cell_period.unit is '单位 / unit';
comment on column dw.cell_period.value is '数值；仅 reported 状态有值，缺失不等于零 / value; only when reported: missing is never zero';
comment on column dw.cell_period.state is '状态 / state';
comment on column dw.cell_period.report_url is '年报地址 / address of the report';
comment on column dw.cell_period.published_on is '公布日期 / date of publication';
comment on column dw.cell_period.sha256 is '归档文件的 SHA-256 / SHA-256 of the archived bytes';
comment on column dw.cell_period.locator is '在文件中的位置 / place in the document';
comment on column dw.cell_period.raw is '原文 / text as printed';
comment on column dw.cell_period.agency_code is '机关代码 / agency code, the same over all years';
comment on column dw.cell_period.is_total is '是否合计格；与其组成部分一并相加会重复计算，求和请用 mart.additive_cell / true where the form calls it a sum: adding it to its parts counts twice; use mart.additive_cell for sums';
comment on column dw.cell_period.additive_group is '可加组，以合计格命名；不同组不可相加 / additive group, named after its total; groups must not be added to each other';
