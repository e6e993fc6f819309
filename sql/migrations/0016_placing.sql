-- Who said whose report on which year a document is, and why a person has to say so where they do not agree.

alter table stg.document add column review_reason text;
comment on column stg.document.review_reason is '须由人认定归属的原因代码；归属确定则为空 · why a person has to place it; null where that is certain';

create table stg.witness (
    document_key bigint not null references stg.document on delete cascade,
    position smallint not null,
    witness text not null,
    said text not null,
    agency_name text,
    division_code text,
    year smallint,
    agrees boolean,
    primary key (document_key, position)
);

comment on table stg.witness is '各处对年报归属的说法 · who says whose report on which year a document is';
comment on column stg.witness.document_key is '文件 · document';
comment on column stg.witness.position is '文件内序号，从 1 起 · order within the document, from 1';
comment on column stg.witness.witness is '出处代码 · where it is said';
comment on column stg.witness.said is '原文 · as printed';
comment on column stg.witness.agency_name is '其中的机关名称 · agency named in it';
comment on column stg.witness.division_code is '所指区划代码 · division it stands for';
comment on column stg.witness.year is '所指报告年度 · reporting year it stands for';
comment on column stg.witness.agrees is '与认定的归属是否一致；无法比较为空 · whether it agrees with what was decided; null where they cannot be compared';

create table dw.document_witness (
    document_key bigint not null,
    position smallint not null,
    witness text not null,
    said text not null,
    agency_name text,
    division_code text,
    year smallint,
    agrees boolean,
    primary key (document_key, position)
);

comment on table dw.document_witness is '各处对年报归属的说法，含未能归位的年报 · who says whose report on which year a document is, unplaced ones included';
comment on column dw.document_witness.document_key is '文件 · document';
comment on column dw.document_witness.position is '文件内序号，从 1 起 · order within the document, from 1';
comment on column dw.document_witness.witness is '出处代码 · where it is said';
comment on column dw.document_witness.said is '原文 · as printed';
comment on column dw.document_witness.agency_name is '其中的机关名称 · agency named in it';
comment on column dw.document_witness.division_code is '所指区划代码 · division it stands for';
comment on column dw.document_witness.year is '所指报告年度 · reporting year it stands for';
comment on column dw.document_witness.agrees is '与认定的归属是否一致；无法比较为空 · whether it agrees with what was decided; null where they cannot be compared';

-- A report whose year nobody names waits for a person, too.
alter table dw.unplaced_document alter column title drop not null;
alter table dw.unplaced_document alter column year drop not null;
alter table dw.unplaced_document alter column form drop not null;
