-- grain:  one division, one reporting year, one level and kind of the agencies below it, one cell of one form
-- keys:   division_code, year, agency_level, agency_kind, form, cell_code (unique)
-- source: mart.division_total, mart.division_coverage, dw.dim_cell, dw.dim_division
-- Levels and kinds stay apart: a prefecture's agency may count its counties' figures again, and a government's report its departments'.
create view mart.division_cell as
select
    total.year_key as year,
    total.division_code,
    division.name as division_name,
    division.level as division_level,
    division.province,
    division.prefecture,
    division.county,
    total.agency_level,
    total.agency_kind,
    total.form,
    cell.cell_code,
    cell.label_zh as cell_label,
    cell.unit,
    cell.is_total,
    cell.additive_group,
    total.value_sum[cell.position] as value_sum,
    total.n_reported[cell.position] as n_reported,
    total.n_nonzero[cell.position] as n_nonzero,
    total.n_reports[cell.position] as n_reports,
    coverage.n_expected
from mart.division_total as total
inner join dw.dim_cell as cell
    on cell.form = total.form
left join dw.dim_division as division
    on division.division_code = total.division_code
    and division.valid_from <= make_date(total.year_key, 12, 31)
    and division.valid_to > make_date(total.year_key, 12, 31)
left join mart.division_coverage as coverage
    on coverage.year = total.year_key
    and coverage.division_code = total.division_code
    and coverage.agency_level = total.agency_level
    and coverage.agency_kind = total.agency_kind;

comment on view mart.division_cell is '行政区划汇总：县、地、省下属机关各单元格之和及覆盖数；缺失者不计为零 / sums of cells over the agencies below a county, prefecture or province, with how many reported; missing ones are not counted as zero';
comment on column mart.division_cell.year is '报告年度 / reporting year';
comment on column mart.division_cell.division_code is '行政区划代码 / division code';
comment on column mart.division_cell.division_name is '行政区划名称（当年） / name in that year';
comment on column mart.division_cell.division_level is '行政区划级别 / level of the division';
comment on column mart.division_cell.province is '省 / province';
comment on column mart.division_cell.prefecture is '地 / prefecture';
comment on column mart.division_cell.county is '县 / county';
comment on column mart.division_cell.agency_level is '所汇总机关的级别；不同级别不可相加 / level of the agencies summed; levels must not be added to each other';
comment on column mart.division_cell.agency_kind is '所汇总机关的类别；县级区划为 departments（全部部门）或 people_government（政府），两者不可相加 / kind of the agencies summed; in counties departments or people_government, which must not be added';
comment on column mart.division_cell.form is '报告格式 / form';
comment on column mart.division_cell.cell_code is '单元格代码 / cell';
comment on column mart.division_cell.cell_label is '单元格名称 / label';
comment on column mart.division_cell.unit is '单位 / unit';
comment on column mart.division_cell.is_total is '是否合计格 / true where the form calls it a sum';
comment on column mart.division_cell.additive_group is '可加组 / additive group';
comment on column mart.division_cell.value_sum is '有数字者之和；均无数字为空 / sum over those that report a value; null where none does';
comment on column mart.division_cell.n_reported is '有数字的机关数 / agencies that report a value';
comment on column mart.division_cell.n_nonzero is '数字不为零的机关数 / agencies with a value other than zero';
comment on column mart.division_cell.n_reports is '年报中有此单元格的机关数 / agencies whose report has the cell';
comment on column mart.division_cell.n_expected is '应有年报的已知机关数 / agencies known by then';
