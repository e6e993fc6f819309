-- Agencies that the pipelines say must publish, so that one that was never seen is counted as absent.

create table dw.expected_agency (
    agency_code text primary key,
    division_code text not null,
    agency_body text not null,
    agency_kind text,
    first_year smallint not null,
    last_year smallint
);

comment on table dw.expected_agency is '采集任务登记应公开年报的机关 / agencies that the pipelines say must publish';
comment on column dw.expected_agency.agency_code is '机关代码 / agency code';
comment on column dw.expected_agency.division_code is '行政区划代码 / division code';
comment on column dw.expected_agency.agency_body is '去掉地名的机关名称 / name without its place';
comment on column dw.expected_agency.agency_kind is '机关类别 / peer group';
comment on column dw.expected_agency.first_year is '应公开的首个报告年度 / first reporting year expected';
comment on column dw.expected_agency.last_year is '应公开的最后报告年度；持续则为空 / last reporting year expected; null when it goes on';
