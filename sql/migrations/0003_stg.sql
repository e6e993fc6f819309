-- Staging: what each archived document says, as it was read. One reading stands per document; a newer reader replaces it whole.
-- Cells and checks stand as arrays, one row a document, because they are written and read a report at a time: an eighth of
-- the disk and a tenth of the time of one row a cell. stg.reading and stg.check_result show them one row each.

create table stg.document (
    document_key bigint primary key,
    sha256 text not null unique check (sha256 ~ '^[0-9a-f]{64}$'),
    url text not null,
    first_seen_at timestamptz not null,
    media_type text not null,
    charset text,
    pipeline text,
    site_code text,
    reader_version integer not null,
    outcome text not null check (outcome in ('report', 'refused')),
    refusal_code text,
    refusal_message text,
    title text,
    agency_name text,
    agency_body text,
    division_code text,
    agency_kind text,
    year smallint,
    form text,
    published_on date,
    content_hash text,
    facts_hash text,
    reading_hash text not null,
    agency_code text generated always as (division_code || '/' || agency_body) stored,
    constraint document_outcome_has_its_columns check (
        case outcome
            when 'report' then title is not null and year is not null and form is not null
                and content_hash is not null and facts_hash is not null and refusal_code is null
            else refusal_code is not null and refusal_message is not null and content_hash is null
        end
    )
);

create index document_agency_code on stg.document (agency_code) where agency_code is not null;

comment on table stg.document is '每份归档文件一行，以及最近一次识读结果 / one row per archived document, with its latest reading';
comment on column stg.document.document_key is '代理键，取自 SHA-256 的前 63 位 / surrogate key: the leading 63 bits of the SHA-256';
comment on column stg.document.sha256 is '文件字节的 SHA-256 / SHA-256 of the bytes';
comment on column stg.document.url is '首次取得该文件的地址 / address of the first capture';
comment on column stg.document.first_seen_at is '首次取得的时间（UTC） / time of the first capture (UTC)';
comment on column stg.document.media_type is '按字节判定的媒体类型 / media type as found in the bytes';
comment on column stg.document.charset is '解码所用字符集 / charset used for decoding';
comment on column stg.document.pipeline is '采集任务名称 / pipeline that fetched it';
comment on column stg.document.site_code is '任务内的站点代码 / site within the pipeline';
comment on column stg.document.reader_version is '识读程序版本 / version of the reader';
comment on column stg.document.outcome is '结果：report 为年报，refused 为不予采用 / report, or refused as not a report';
comment on column stg.document.refusal_code is '不予采用的原因代码 / named reason of a refusal';
comment on column stg.document.refusal_message is '不予采用的说明 / what was expected and what was found';
comment on column stg.document.title is '标题 / title as printed';
comment on column stg.document.agency_name is '标题中的机关名称 / agency as printed in the title';
comment on column stg.document.agency_body is '去掉地名的机关名称 / agency name without its place';
comment on column stg.document.division_code is '报告年度末有效的六位行政区划代码 / division code in force at the end of the reporting year';
comment on column stg.document.agency_kind is '机关类别代码 / peer group';
comment on column stg.document.year is '报告年度 / reporting year';
comment on column stg.document.form is '报告格式 / official form';
comment on column stg.document.published_on is '公布日期 / printed date of publication';
comment on column stg.document.content_hash is '机关、年度与全部单元格的散列，相同即同一版本 / hash of identity and cells: equal means the same revision';
comment on column stg.document.facts_hash is '写入事实表的全部内容的散列 / hash of all that is loaded into facts';
comment on column stg.document.reading_hash is '整个识读结果的散列 / hash of the whole reading';
comment on column stg.document.agency_code is '机关代码：区划代码/机关名 / agency code: division code, slash, body';

create table stg.reading_layout (
    layout_key bigint primary key,
    form text not null,
    cell_codes text[] not null,
    check_codes text[] not null
);

comment on table stg.reading_layout is '数组中各位置对应的单元格与勾稽关系 / which cell and which check stands at which place of the arrays of a reading';
comment on column stg.reading_layout.layout_key is '代理键，由内容得出 / surrogate key derived from the content';
comment on column stg.reading_layout.form is '报告格式 / official form';
comment on column stg.reading_layout.cell_codes is '单元格代码，按位置 / cell codes by place';
comment on column stg.reading_layout.check_codes is '勾稽关系代码，按位置 / check codes by place';

create table stg.report_reading (
    document_key bigint primary key references stg.document on delete cascade,
    layout_key bigint not null references stg.reading_layout,
    cell_values numeric[] not null,
    cell_states text[] not null,
    cell_raws text[] not null,
    cell_locators text[] not null,
    cell_repairs text[] not null,
    check_statuses text[] not null,
    check_lefts numeric[] not null,
    check_rights numeric[] not null
);

comment on table stg.report_reading is '每份年报的全部单元格与勾稽结果，一份一行 / all cells and checks of one report in one row';
comment on column stg.report_reading.document_key is '文件 / document';
comment on column stg.report_reading.layout_key is '数组布局 / meaning of the places of the arrays';
comment on column stg.report_reading.cell_values is '数值；仅 reported 状态有值 / values; only reported cells have one';
comment on column stg.report_reading.cell_states is '状态 / states';
comment on column stg.report_reading.cell_raws is '原文 / text as printed';
comment on column stg.report_reading.cell_locators is '在文件中的位置 / place in the document';
comment on column stg.report_reading.cell_repairs is '识读时的修正方式 / what the reader did beyond the plain reading';
comment on column stg.report_reading.check_statuses is '勾稽结果 / results of the checks';
comment on column stg.report_reading.check_lefts is '等式左边之和 / sums of the left sides';
comment on column stg.report_reading.check_rights is '等式右边之和 / sums of the right sides';

create table stg.narrative (
    document_key bigint not null references stg.document on delete cascade,
    position smallint not null,
    measure text not null,
    value numeric,
    raw text not null,
    locator text not null,
    agrees boolean,
    primary key (document_key, position)
);

comment on table stg.narrative is '正文中写明的数字 / numbers stated in the prose';
comment on column stg.narrative.document_key is '文件 / document';
comment on column stg.narrative.position is '文件内序号，从 1 起 / order within the document, from 1';
comment on column stg.narrative.measure is '指标代码 / measure';
comment on column stg.narrative.value is '数值 / value';
comment on column stg.narrative.raw is '原文 / words that state it';
comment on column stg.narrative.locator is '在文件中的位置 / place in the document';
comment on column stg.narrative.agrees is '与表格是否一致；无法比较为空 / whether the cells say the same; null where they cannot be compared';

create table stg.finding (
    document_key bigint not null references stg.document on delete cascade,
    position smallint not null,
    severity text not null check (severity in ('info', 'warning', 'error')),
    code text not null,
    message text not null,
    locator text,
    primary key (document_key, position)
);

comment on table stg.finding is '识读中发现的问题 / what a person may want to know about a document';
comment on column stg.finding.document_key is '文件 / document';
comment on column stg.finding.position is '文件内序号，从 1 起 / order within the document, from 1';
comment on column stg.finding.severity is '级别 / info, warning or error';
comment on column stg.finding.code is '问题代码 / stable name';
comment on column stg.finding.message is '说明 / where, expected, found';
comment on column stg.finding.locator is '在文件中的位置 / place in the document';

create table stg.section (
    document_key bigint not null references stg.document on delete cascade,
    position smallint not null,
    section_code text not null,
    title text not null,
    body text not null,
    locator text not null,
    primary key (document_key, position)
);

comment on table stg.section is '各部分正文 / prose of the report by section';
comment on column stg.section.document_key is '文件 / document';
comment on column stg.section.position is '文件内序号，从 1 起 / order within the document, from 1';
comment on column stg.section.section_code is '部分代码 / section of the form';
comment on column stg.section.title is '小标题原文 / heading as printed';
comment on column stg.section.body is '正文 / prose';
comment on column stg.section.locator is '在文件中的位置 / place in the document';

create view stg.reading as
select
    reading.document_key,
    layout.form,
    layout.cell_codes[cell.place] as cell_code,
    cell.place::integer as place,
    cell.value,
    cell.state,
    cell.raw,
    cell.locator,
    cell.repair
from stg.report_reading as reading
inner join stg.reading_layout as layout using (layout_key)
cross join lateral unnest(
    reading.cell_values, reading.cell_states, reading.cell_raws, reading.cell_locators, reading.cell_repairs
) with ordinality as cell (value, state, raw, locator, repair, place);

comment on view stg.reading is '每份年报每个单元格一行 / one row per cell of each report';
comment on column stg.reading.document_key is '文件 / document';
comment on column stg.reading.form is '报告格式 / official form';
comment on column stg.reading.cell_code is '单元格代码：行/列 / cell: row, slash, column';
comment on column stg.reading.place is '在报告格式中的序号，从 1 起 / place in the form, from 1';
comment on column stg.reading.value is '数值；仅 reported 状态有值 / value; only reported cells have one';
comment on column stg.reading.state is '状态：reported 有数字，blank 空白，not_applicable 短横或斜线，unreadable 无法识读，missing 文件无此格 / reported, blank, not_applicable, unreadable or missing';
comment on column stg.reading.raw is '原文 / text as printed';
comment on column stg.reading.locator is '在文件中的位置 / place in the document';
comment on column stg.reading.repair is '识读时的修正方式 / what the reader did beyond the plain reading';

create view stg.check_result as
select
    reading.document_key,
    layout.form,
    layout.check_codes[result.place] as check_code,
    result.status,
    result.left_value,
    result.right_value
from stg.report_reading as reading
inner join stg.reading_layout as layout using (layout_key)
cross join lateral unnest(
    reading.check_statuses, reading.check_lefts, reading.check_rights
) with ordinality as result (status, left_value, right_value, place);

comment on view stg.check_result is '每份年报每项勾稽关系一行 / one row per check of each report';
comment on column stg.check_result.document_key is '文件 / document';
comment on column stg.check_result.form is '报告格式 / official form';
comment on column stg.check_result.check_code is '勾稽关系代码 / check';
comment on column stg.check_result.status is '结果：pass 相符，fail 不符，not_assessable 无法判断 / pass, fail or not_assessable';
comment on column stg.check_result.left_value is '等式左边之和 / sum of the left side';
comment on column stg.check_result.right_value is '等式右边之和 / sum of the right side';

-- What the next transform has to look at. Rows leave with the transform that saw them.
create table ops.pending_document (
    document_key bigint primary key
);

comment on table ops.pending_document is '已暂存、尚未转换的文件 / documents staged since the last transform';
comment on column ops.pending_document.document_key is '文件 / document';

create table ops.pending_reference (
    object_name text primary key
);

comment on table ops.pending_reference is '内容有变、须重新归位全部文件的维度表 / dimensions that changed so that every document may have to be placed otherwise';
comment on column ops.pending_reference.object_name is '表名 / table';
