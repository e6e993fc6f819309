-- What the prose of a report states beside its tables, as facts.

alter table stg.narrative add column table_value numeric, add column reason text;

comment on column stg.narrative.table_value is '表格中的相应数值；sum.parts 为各分项之和 / what the cells say, or for sum.parts what the parts add up to';
comment on column stg.narrative.reason is '不能比较的原因 / why it cannot be compared';

create table dw.dim_measure (
    measure_key bigint primary key,
    measure_code text not null unique,
    label_zh text not null
);

comment on table dw.dim_measure is '正文所述指标 / what the prose states';
comment on column dw.dim_measure.measure_key is '代理键，取自代码 / surrogate key derived from the code';
comment on column dw.dim_measure.measure_code is '指标代码 / code';
comment on column dw.dim_measure.label_zh is '指标名称 / label';

create table dw.fact_narrative (
    agency_key bigint not null,
    document_key bigint not null,
    measure_key bigint not null,
    year_key smallint not null,
    position smallint not null,
    value numeric,
    table_value numeric,
    agrees boolean,
    reason text,
    primary key (agency_key, year_key, position)
);

create index fact_narrative_contradiction on dw.fact_narrative (year_key, agency_key) where not agrees;

comment on table dw.fact_narrative is '事实：一份现行年报正文中的一处数字 / one number stated in the prose of one current report';
comment on column dw.fact_narrative.agency_key is '机关版本 / version of the agency';
comment on column dw.fact_narrative.document_key is '所依据的年报版本 / document it stands in';
comment on column dw.fact_narrative.measure_key is '指标 / measure';
comment on column dw.fact_narrative.year_key is '报告年度 / reporting year';
comment on column dw.fact_narrative.position is '在正文中的序号，从 1 起 / position in the prose, from 1';
comment on column dw.fact_narrative.value is '正文所述数值 / number that the prose states';
comment on column dw.fact_narrative.table_value is '表格中的相应数值；sum.parts 为各分项之和 / what the cells say, or for sum.parts what the parts add up to';
comment on column dw.fact_narrative.agrees is '是否一致；不能比较为空 / whether the two agree; null when they cannot be compared';
comment on column dw.fact_narrative.reason is '不能比较的原因：no_cell 表中无此格，cell_without_value 该格无数，approximate 约数，scope 所指不明，counted_otherwise 口径不同，stated_otherwise_too 另有一致之处，parts_incomplete 分项不全 / why they cannot be compared';
