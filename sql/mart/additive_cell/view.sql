-- grain:  one agency, one reporting year, one cell that is no total, of that year's current report
-- keys:   agency_code, year, cell_code (unique)
-- source: mart.cell
-- Sums of value grouped by additive_group count nothing twice. Two groups never add up to anything: what is carried over,
-- received, handled and carried forward are one request at different moments, in_force counts what issued counted in other years.
create view mart.additive_cell as
select
    cell.agency_code,
    cell.agency_name,
    cell.agency_kind,
    cell.level,
    cell.province,
    cell.prefecture,
    cell.county,
    cell.division_code,
    cell.year,
    cell.form,
    cell.additive_group,
    cell.cell_code,
    cell.cell_label,
    cell.unit,
    cell.value,
    cell.state,
    cell.report_url
from mart.cell as cell
where not cell.is_total;

comment on view mart.additive_cell is '不含合计格的单元格，按可加组求和不会重复计算；政府年报可能已含所属部门，跨机关求和时须按机关类别区分 / cells without totals: sums within a group count nothing twice; keep kinds of agencies apart, since a government''s report may include its departments';
comment on column mart.additive_cell.agency_code is '机关代码 / agency code';
comment on column mart.additive_cell.agency_name is '机关名称 / agency';
comment on column mart.additive_cell.agency_kind is '机关类别 / peer group';
comment on column mart.additive_cell.level is '级别 / level';
comment on column mart.additive_cell.province is '省 / province';
comment on column mart.additive_cell.prefecture is '地 / prefecture';
comment on column mart.additive_cell.county is '县 / county';
comment on column mart.additive_cell.division_code is '行政区划代码 / division code';
comment on column mart.additive_cell.year is '报告年度 / reporting year';
comment on column mart.additive_cell.form is '报告格式 / form';
comment on column mart.additive_cell.additive_group is '可加组：以合计格代码命名 / additive group, named after its total';
comment on column mart.additive_cell.cell_code is '单元格代码 / cell';
comment on column mart.additive_cell.cell_label is '单元格名称 / label';
comment on column mart.additive_cell.unit is '单位 / unit';
comment on column mart.additive_cell.value is '数值；仅 reported 状态有值 / value; only when reported';
comment on column mart.additive_cell.state is '状态 / state';
comment on column mart.additive_cell.report_url is '年报地址 / address of the report';
