-- Tables under the marts; the marts themselves are views in sql/mart.

create table mart.concept_value (
    agency_key bigint not null,
    year_key smallint not null,
    concept_key smallint not null,
    cells smallint not null,
    reported_cells smallint not null,
    is_exact boolean not null,
    value numeric,
    constraint concept_value_needs_all_cells check ((cells = reported_cells) = (value is not null)),
    primary key (concept_key, year_key, agency_key)
);

create index concept_value_agency_year on mart.concept_value (agency_key, year_key);

comment on table mart.concept_value is '每个机关每年每个可比概念的数值 / value of one concept for one agency and year';
comment on column mart.concept_value.agency_key is '机关版本 / version of the agency';
comment on column mart.concept_value.year_key is '报告年度 / reporting year';
comment on column mart.concept_value.concept_key is '概念 / concept';
comment on column mart.concept_value.cells is '概念包含的单元格数 / cells that make up the concept';
comment on column mart.concept_value.reported_cells is '其中有数字的单元格数 / cells of these that have a value';
comment on column mart.concept_value.is_exact is '口径是否完全一致 / false where figures compare only roughly';
comment on column mart.concept_value.value is '各单元格之和；任一格缺失则为空 / sum of the cells; null unless all are reported';
