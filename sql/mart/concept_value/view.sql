-- grain:  one agency, one reporting year, one concept that the form of its current report knows
-- keys:   agency_code, year, concept_code (unique)
-- source: dw.fact_cell, dw.bridge_concept_cell, dw.dim_concept, dw.dim_agency
-- Computed from the facts when asked for: the facts' index begins with the cell, so one concept of one year is a few ranges of it.
create view mart.concept_value as
select
    agency.agency_code,
    fact.year_key as year,
    (fact.year_key + 1)::smallint as next_year,
    concept.concept_code,
    count(*) as cells,
    count(fact.value) as reported_cells,
    bool_and(bridge.is_exact) as is_exact,
    -- A sum over missing cells would count them as zero.
    case when count(*) = count(fact.value) then sum(fact.value) end as value,
    bridge.form
from dw.dim_concept as concept
inner join dw.bridge_concept_cell as bridge using (concept_key)
inner join dw.fact_cell as fact using (cell_key)
inner join dw.dim_agency as agency using (agency_key)
group by agency.agency_code, fact.year_key, concept.concept_code, bridge.form;

comment on view mart.concept_value is '每个机关每年每个可比概念的数值 / value of one concept for one agency and year';
comment on column mart.concept_value.agency_code is '机关代码 / agency code';
comment on column mart.concept_value.year is '报告年度 / reporting year';
comment on column mart.concept_value.next_year is '下一报告年度，供同比连接 / the year after, for joining year on year';
comment on column mart.concept_value.concept_code is '概念代码 / concept';
comment on column mart.concept_value.cells is '概念包含的单元格数 / cells that make up the concept';
comment on column mart.concept_value.reported_cells is '其中有数字的单元格数 / cells of these that have a value';
comment on column mart.concept_value.is_exact is '口径是否完全一致 / false where figures compare only roughly';
comment on column mart.concept_value.value is '各单元格之和；任一格缺失则为空 / sum of the cells; null unless all are reported';
comment on column mart.concept_value.form is '所用报告格式 / form of the report';
