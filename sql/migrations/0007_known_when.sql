-- What was known when: each time at which an address began to give a document, and which revision stood in between.

alter table ops.capture drop constraint capture_pkey;
alter table ops.capture add primary key (sha256, url, first_seen_at);

comment on table ops.capture is '存档记录：每行为某地址开始给出某内容（内容改回时另记一行），与存档一致 · one row per time at which an address began to give a body, again after another one too; mirrors the archive';
comment on column ops.capture.first_seen_at is '该地址开始给出该内容的时间 · time at which the address was first seen to give it, or to give it again';

create table dw.document_capture (
    document_key bigint not null,
    url text not null,
    seen_at timestamptz not null,
    primary key (document_key, url, seen_at)
);

comment on table dw.document_capture is '某地址开始（或重新开始）给出某文件 / a time at which an address began to give a document, or gave it again after another one';
comment on column dw.document_capture.document_key is '文件，不限于现行年报 / document, be it a current report or not';
comment on column dw.document_capture.url is '地址 / address';
comment on column dw.document_capture.seen_at is '取得时间（UTC） / time of capture (UTC)';

create table dw.report_period (
    agency_code text not null,
    year_key smallint not null,
    known_from timestamptz not null,
    known_to timestamptz not null default 'infinity',
    document_key bigint not null,
    division_key bigint not null,
    agency_name text not null,
    agency_kind text,
    primary key (agency_code, year_key, known_from),
    check (known_from < known_to)
);

create index report_period_year_key on dw.report_period (year_key, agency_code);

comment on table dw.report_period is '某机关某年度的某一版本为现行版本的时段 / a stretch of time in which one revision was the current report of an agency and year';
comment on column dw.report_period.agency_code is '机关代码 / agency code';
comment on column dw.report_period.year_key is '报告年度 / reporting year';
comment on column dw.report_period.known_from is '开始时间（含，UTC） / from (inclusive, UTC)';
comment on column dw.report_period.known_to is '结束时间（不含，UTC）；至今为 infinity / to (exclusive, UTC); infinity while it stands';
comment on column dw.report_period.document_key is '版本 / revision';
comment on column dw.report_period.division_key is '该版本所示的行政区划 / division that this revision shows';
comment on column dw.report_period.agency_name is '机关名称 / agency';
comment on column dw.report_period.agency_kind is '该版本所示的机关类别 / peer group that this revision shows';

create unlogged table ops.rendition (
    document_key bigint primary key,
    revision_key bigint not null,
    agency_code text not null,
    year_key smallint not null,
    form text not null,
    facts_hash text not null,
    agency_kind text,
    division_key bigint not null,
    level text not null,
    agency_name text not null,
    url text not null,
    first_seen_at timestamptz not null,
    sha256 text not null,
    dated_on date not null
);

comment on table ops.rendition is '所涉机关的全部年报文件 / all documents of the touched agencies that can be placed';
comment on column ops.rendition.document_key is '文件 / document';
comment on column ops.rendition.revision_key is '内容相同的文件中最先取得的一份 / of the documents with the same content the first one seen';
comment on column ops.rendition.agency_code is '机关代码 / agency code';
comment on column ops.rendition.year_key is '报告年度 / reporting year';
comment on column ops.rendition.form is '报告格式 / form';
comment on column ops.rendition.facts_hash is '写入事实表的内容的散列 / hash of what its facts say';
comment on column ops.rendition.agency_kind is '机关类别 / peer group';
comment on column ops.rendition.division_key is '行政区划版本 / division at the end of the reporting year';
comment on column ops.rendition.level is '级别 / level';
comment on column ops.rendition.agency_name is '机关名称 / agency';
comment on column ops.rendition.url is '首次取得的地址 / address of the first capture';
comment on column ops.rendition.first_seen_at is '首次取得的时间（UTC） / time of the first capture (UTC)';
comment on column ops.rendition.sha256 is '归档文件的 SHA-256 / SHA-256 of the archived bytes';
comment on column ops.rendition.dated_on is '公布日期，无则为首次取得之日（中国时间） / date of publication, else the day it was first seen in China';

create unlogged table ops.placed_period (
    agency_code text not null,
    year_key smallint not null,
    known_from timestamptz not null,
    known_to timestamptz not null,
    document_key bigint not null,
    division_key bigint not null,
    agency_name text not null,
    agency_kind text,
    primary key (agency_code, year_key, known_from)
);

comment on table ops.placed_period is '所涉机关的各现行时段应有的样子 / the stretches that the touched agencies ought to have';
comment on column ops.placed_period.agency_code is '机关代码 / agency code';
comment on column ops.placed_period.year_key is '报告年度 / reporting year';
comment on column ops.placed_period.known_from is '开始时间 / from (inclusive)';
comment on column ops.placed_period.known_to is '结束时间 / to (exclusive)';
comment on column ops.placed_period.document_key is '版本 / revision';
comment on column ops.placed_period.division_key is '行政区划版本 / division';
comment on column ops.placed_period.agency_name is '机关名称 / agency';
comment on column ops.placed_period.agency_kind is '机关类别 / peer group';

comment on column dw.dim_document.is_current is '是否现行版本：所在地址现今所给、日期最新的一版 / the revision that the facts show: of those that their addresses still give, the latest dated';
comment on column dw.dim_document.revision is '版本序号，从 1 起，按公布日期 / revision, from 1, in the order of publication';
comment on table dw.dim_year is '报告年度；期限为法定之日，法律未规定节假日顺延 / reporting years; deadlines as the law states them, which knows no shift to a working day';
