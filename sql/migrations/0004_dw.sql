-- The star: dimensions, facts, and the working sets of the transform. Facts are ready to be distributed by agency_key:
-- it stands in every key of theirs, and nothing refers to them.

create type dw.cell_state as enum ('reported', 'blank', 'not_applicable', 'unreadable', 'missing');
comment on type dw.cell_state is '单元格状态：有数字、空白、短横或斜线、无法识读、文件无此格 / what stands in a cell; only reported has a value';

create type dw.check_status as enum ('pass', 'fail', 'not_assessable');
comment on type dw.check_status is '勾稽结果：相符、不符、无法判断 / result of a reconciliation check';

-- Keys come from what they stand for, so that any order of loading gives the same ones. SHA-256 because it is the same
-- on every server and version; 63 bits because the key is a positive bigint.
create function dw.natural_key(identity text) returns bigint
    language sql immutable strict parallel safe
    return ('x' || left(encode(sha256(convert_to(identity, 'UTF8')), 'hex'), 16))::bit(64)::bigint & 9223372036854775807;
comment on function dw.natural_key(text) is '由文本得出的 63 位键 / a 63-bit key derived from a text';

create table dw.dim_division (
    division_key bigint primary key,
    division_code text not null check (division_code ~ '^[0-9]{6}$'),
    name text not null,
    level text not null check (level in ('province', 'prefecture', 'county')),
    province text not null,
    prefecture text,
    county text,
    valid_from date not null,
    valid_to date not null default 'infinity',
    successor_code text,
    successor_codes text[] not null default '{}',
    unique (division_code, valid_from),
    check (valid_from < valid_to)
);

comment on table dw.dim_division is '行政区划版本 / one version of an administrative division';
comment on column dw.dim_division.division_key is '代理键：代码与启用年份 / surrogate key: code and first year';
comment on column dw.dim_division.division_code is '六位行政区划代码（GB/T 2260） / six-digit code';
comment on column dw.dim_division.name is '本级名称 / own name';
comment on column dw.dim_division.level is '级别：province 省，prefecture 地，county 县 / level';
comment on column dw.dim_division.province is '省级名称 / province';
comment on column dw.dim_division.prefecture is '地级名称；省直管为空 / prefecture; null directly under a province';
comment on column dw.dim_division.county is '县级名称 / county';
comment on column dw.dim_division.valid_from is '启用日（该年12月31日起有效） / in force from this day on (December 31 of the first year)';
comment on column dw.dim_division.valid_to is '停用日（不含） / first day it is not in force';
comment on column dw.dim_division.successor_code is '继任代码；有多个时为空 / the one code that took over; null when several did';
comment on column dw.dim_division.successor_codes is '全部继任代码 / all codes that took over';

create table dw.dim_agency_kind (
    agency_kind text primary key,
    label_zh text not null,
    is_vertical boolean not null
);

comment on table dw.dim_agency_kind is '机关类别（可比组） / kinds of agencies: peer groups';
comment on column dw.dim_agency_kind.agency_kind is '类别代码 / code';
comment on column dw.dim_agency_kind.label_zh is '类别名称 / label';
comment on column dw.dim_agency_kind.is_vertical is '是否垂直管理 / led by a head office of its own';

create table dw.dim_agency (
    agency_key bigint primary key,
    agency_code text not null,
    agency_name text not null,
    agency_kind text,
    level text not null,
    division_key bigint not null references dw.dim_division,
    valid_from date not null,
    valid_to date not null default 'infinity',
    unique (agency_code, valid_from),
    check (valid_from < valid_to)
);

create index dim_agency_division_key on dw.dim_agency (division_key);

comment on table dw.dim_agency is '行政机关版本（第二类缓慢变化维） / one version of an agency (slowly changing, type 2)';
comment on column dw.dim_agency.agency_key is '代理键，由代码与版本内容得出 / surrogate key derived from the code and what the version says';
comment on column dw.dim_agency.agency_code is '机关代码：区划代码/机关名，跨版本不变 / division code, slash, body: the same in all versions';
comment on column dw.dim_agency.agency_name is '机关名称 / name: division and body';
comment on column dw.dim_agency.agency_kind is '机关类别；不属于任何类别为空 / peer group; null where none fits';
comment on column dw.dim_agency.level is '级别 / level of its division';
comment on column dw.dim_agency.division_key is '所属行政区划版本 / version of its division';
comment on column dw.dim_agency.valid_from is '起始日：首个报告年度的12月31日 / December 31 of the first reporting year that shows it so';
comment on column dw.dim_agency.valid_to is '终止日（不含） / first day of the next version';

create table dw.dim_year (
    year_key smallint primary key,
    department_deadline_date date not null,
    government_deadline_date date not null,
    deadline_law text not null,
    form text
);

comment on table dw.dim_year is '报告年度 / reporting years';
comment on column dw.dim_year.year_key is '报告年度，如 2024 / reporting year, e.g. 2024';
comment on column dw.dim_year.department_deadline_date is '部门公布年报的法定期限 / legal deadline of departments';
comment on column dw.dim_year.government_deadline_date is '政府公布年报的法定期限 / legal deadline of governments';
comment on column dw.dim_year.deadline_law is '期限依据 / law that sets the deadlines';
comment on column dw.dim_year.form is '当年适用的报告格式；尚未收录为空 / form in force; null where it is not described here yet';

create table dw.dim_cell (
    cell_key integer primary key,
    form text not null,
    cell_code text not null,
    row_code text not null,
    column_code text not null,
    table_code text not null,
    section text not null,
    label_zh text not null,
    row_label_zh text not null,
    column_label_zh text not null,
    unit text not null,
    kind text not null check (kind in ('count', 'amount', 'change')),
    position smallint not null,
    concept_code text,
    unique (form, cell_code)
);

comment on table dw.dim_cell is '报告格式的单元格 / cells of the official forms';
comment on column dw.dim_cell.cell_key is '代理键：格式×1000＋序号 / surrogate key: form times 1000 plus position';
comment on column dw.dim_cell.form is '报告格式 / form';
comment on column dw.dim_cell.cell_code is '单元格代码：行/列 / row, slash, column';
comment on column dw.dim_cell.row_code is '行代码 / row';
comment on column dw.dim_cell.column_code is '列代码 / column';
comment on column dw.dim_cell.table_code is '表代码 / table of the form';
comment on column dw.dim_cell.section is '所在部分 / section of the form';
comment on column dw.dim_cell.label_zh is '完整名称 / groups, row and column in words';
comment on column dw.dim_cell.row_label_zh is '行名称 / official label of the row';
comment on column dw.dim_cell.column_label_zh is '列名称 / official label of the column';
comment on column dw.dim_cell.unit is '单位 / unit';
comment on column dw.dim_cell.kind is '数值类型：count 非负整数，amount 金额，change 增减 / count, amount or change';
comment on column dw.dim_cell.position is '在格式中的序号，从 1 起 / position in the form, from 1';
comment on column dw.dim_cell.concept_code is '仅由本格构成的可比概念 / concept that this cell alone makes up';

create table dw.dim_check (
    check_key integer primary key,
    form text not null,
    check_code text not null,
    family text not null,
    basis text not null check (basis in ('official_stated', 'official_implied', 'plausible')),
    label_zh text not null,
    left_cells text[] not null,
    right_cells text[] not null,
    unique (form, check_code)
);

comment on table dw.dim_check is '勾稽关系 / reconciliation checks of the forms';
comment on column dw.dim_check.check_key is '代理键：格式×1000＋序号 / surrogate key: form times 1000 plus position';
comment on column dw.dim_check.form is '报告格式 / form';
comment on column dw.dim_check.check_code is '勾稽关系代码 / code';
comment on column dw.dim_check.family is '同类关系 / family of equal rules';
comment on column dw.dim_check.basis is '依据：official_stated 格式写明，official_implied 格式隐含，plausible 合理推断 / what the rule stands on';
comment on column dw.dim_check.label_zh is '关系说明 / rule in words';
comment on column dw.dim_check.left_cells is '等式左边的单元格 / cells of the left side';
comment on column dw.dim_check.right_cells is '等式右边的单元格 / cells of the right side';

create table dw.dim_concept (
    concept_key smallint primary key,
    concept_code text not null unique,
    label_zh text not null,
    unit text not null
);

comment on table dw.dim_concept is '跨格式可比的概念 / quantities that stay comparable over the forms';
comment on column dw.dim_concept.concept_key is '代理键：登记顺序 / surrogate key: place in the register';
comment on column dw.dim_concept.concept_code is '概念代码 / code';
comment on column dw.dim_concept.label_zh is '概念名称 / label';
comment on column dw.dim_concept.unit is '单位 / unit';

create table dw.bridge_concept_cell (
    concept_key smallint not null references dw.dim_concept,
    cell_key integer not null references dw.dim_cell,
    form text not null,
    is_exact boolean not null,
    primary key (concept_key, cell_key)
);

create index bridge_concept_cell_cell_key on dw.bridge_concept_cell (cell_key);

comment on table dw.bridge_concept_cell is '概念由哪些单元格相加 / the cells whose sum a concept is in a form';
comment on column dw.bridge_concept_cell.concept_key is '概念 / concept';
comment on column dw.bridge_concept_cell.cell_key is '单元格 / cell';
comment on column dw.bridge_concept_cell.form is '报告格式 / form';
comment on column dw.bridge_concept_cell.is_exact is '口径是否完全一致 / false where the form''s wording differs so that figures compare only roughly';

create table dw.dim_document (
    document_key bigint primary key,
    sha256 text not null unique,
    url text not null,
    first_seen_at timestamptz not null,
    published_on date,
    agency_key bigint not null,
    year_key smallint not null references dw.dim_year,
    form text not null,
    revision smallint not null check (revision > 0),
    is_current boolean not null,
    title text not null,
    media_type text not null,
    pipeline text,
    site_code text,
    facts_hash text not null,
    unique (agency_key, year_key, revision)
);

create index dim_document_current_year on dw.dim_document (year_key, agency_key) where is_current;

comment on table dw.dim_document is '年报的一个归档版本 / one archived revision of a report';
comment on column dw.dim_document.document_key is '代理键，取自 SHA-256 / surrogate key derived from the SHA-256';
comment on column dw.dim_document.sha256 is '归档文件的 SHA-256 / SHA-256 of the archived bytes';
comment on column dw.dim_document.url is '首次取得的地址 / address of the first capture';
comment on column dw.dim_document.first_seen_at is '首次取得的时间（UTC） / time of the first capture (UTC)';
comment on column dw.dim_document.published_on is '公布日期 / printed date of publication';
comment on column dw.dim_document.agency_key is '机关版本 / version of the agency';
comment on column dw.dim_document.year_key is '报告年度 / reporting year';
comment on column dw.dim_document.form is '报告格式 / form';
comment on column dw.dim_document.revision is '版本序号，从 1 起 / revision, from 1';
comment on column dw.dim_document.is_current is '是否现行版本 / the revision that the facts show';
comment on column dw.dim_document.title is '标题 / title';
comment on column dw.dim_document.media_type is '媒体类型 / media type';
comment on column dw.dim_document.pipeline is '采集任务 / pipeline';
comment on column dw.dim_document.site_code is '站点代码 / site';
comment on column dw.dim_document.facts_hash is '写入事实表的内容的散列 / hash of what its facts say';

create table dw.unplaced_document (
    document_key bigint primary key,
    sha256 text not null,
    url text not null,
    first_seen_at timestamptz not null,
    title text not null,
    agency_name text,
    division_code text,
    year smallint not null,
    form text not null,
    reason text not null
);

comment on table dw.unplaced_document is '无法归入机关与年度的年报 / reports that cannot be given to an agency and year';
comment on column dw.unplaced_document.document_key is '文件 / document';
comment on column dw.unplaced_document.sha256 is '归档文件的 SHA-256 / SHA-256 of the archived bytes';
comment on column dw.unplaced_document.url is '首次取得的地址 / address of the first capture';
comment on column dw.unplaced_document.first_seen_at is '首次取得的时间（UTC） / time of the first capture (UTC)';
comment on column dw.unplaced_document.title is '标题 / title';
comment on column dw.unplaced_document.agency_name is '标题中的机关名称 / agency as printed';
comment on column dw.unplaced_document.division_code is '区划代码 / division code';
comment on column dw.unplaced_document.year is '报告年度 / reporting year';
comment on column dw.unplaced_document.form is '报告格式 / form';
comment on column dw.unplaced_document.reason is '原因：agency.unnamed 无机关名，division.unknown 地点不明，division.not_in_force 区划当年无效，year.out_of_range 年度超出范围 / named reason';

create table dw.fact_cell (
    agency_key bigint not null,
    document_key bigint not null,
    cell_key integer not null,
    state dw.cell_state not null,
    year_key smallint not null,
    value numeric,
    constraint fact_cell_value_only_when_reported check ((state = 'reported') = (value is not null)),
    primary key (cell_key, agency_key, year_key) include (value)
) partition by range (year_key);

create table dw.fact_cell_before_2014 partition of dw.fact_cell for values from (minvalue) to (2014);
do $$
begin
    for year in 2014..2035 loop
        execute format('create table dw.fact_cell_%s partition of dw.fact_cell for values from (%s) to (%s)', year, year, year + 1);
    end loop;
end
$$;
create table dw.fact_cell_from_2036 partition of dw.fact_cell for values from (2036) to (maxvalue);

comment on table dw.fact_cell is '事实：一个机关一个年度现行年报的一个单元格 / one agency, one year, one cell of its current report';
comment on column dw.fact_cell.agency_key is '机关版本 / version of the agency';
comment on column dw.fact_cell.document_key is '所依据的年报版本 / document the value comes from';
comment on column dw.fact_cell.cell_key is '单元格 / cell';
comment on column dw.fact_cell.state is '状态；缺失不等于零 / state; missing is never zero';
comment on column dw.fact_cell.year_key is '报告年度 / reporting year';
comment on column dw.fact_cell.value is '数值，单位见 dim_cell；仅 reported 状态有值 / value in the unit of dim_cell; only when reported';

create table dw.fact_check (
    agency_key bigint not null,
    document_key bigint not null,
    check_key integer not null,
    status dw.check_status not null,
    year_key smallint not null,
    left_value numeric,
    right_value numeric,
    constraint fact_check_sums_only_when_assessed
        check ((status = 'not_assessable') = (left_value is null) and (left_value is null) = (right_value is null)),
    primary key (agency_key, year_key, check_key)
);

comment on table dw.fact_check is '事实：一份现行年报的一项勾稽结果 / one reconciliation check of one current report';
comment on column dw.fact_check.agency_key is '机关版本 / version of the agency';
comment on column dw.fact_check.document_key is '所依据的年报版本 / document it was judged on';
comment on column dw.fact_check.check_key is '勾稽关系 / check';
comment on column dw.fact_check.status is '结果 / result';
comment on column dw.fact_check.year_key is '报告年度 / reporting year';
comment on column dw.fact_check.left_value is '等式左边之和 / sum of the left side';
comment on column dw.fact_check.right_value is '等式右边之和 / sum of the right side';

-- Working sets of the transform, emptied and filled again by each run in its own transaction.
create unlogged table ops.touched_agency (
    agency_code text primary key
);

comment on table ops.touched_agency is '本次转换涉及的机关 / agencies the transform under way looks at';
comment on column ops.touched_agency.agency_code is '机关代码 / agency code';

create unlogged table ops.placed_document (
    document_key bigint primary key,
    agency_code text not null,
    year_key smallint not null,
    revision smallint not null,
    is_current boolean not null,
    form text not null,
    facts_hash text not null,
    agency_key bigint not null,
    agency_name text not null,
    agency_kind text,
    level text not null,
    division_key bigint not null,
    valid_from date not null,
    valid_to date not null
);

comment on table ops.placed_document is '所涉机关的各年报版本应有的样子 / the revisions that the touched agencies ought to have';
comment on column ops.placed_document.document_key is '文件 / document';
comment on column ops.placed_document.agency_code is '机关代码 / agency code';
comment on column ops.placed_document.year_key is '报告年度 / reporting year';
comment on column ops.placed_document.revision is '版本序号 / revision, from 1';
comment on column ops.placed_document.is_current is '是否现行版本 / last revision';
comment on column ops.placed_document.form is '报告格式 / form';
comment on column ops.placed_document.facts_hash is '写入事实表的内容的散列 / hash of what its facts say';
comment on column ops.placed_document.agency_key is '机关版本 / version of the agency';
comment on column ops.placed_document.agency_name is '机关名称 / name in that version';
comment on column ops.placed_document.agency_kind is '机关类别 / peer group in that version';
comment on column ops.placed_document.level is '级别 / level in that version';
comment on column ops.placed_document.division_key is '行政区划版本 / division in that version';
comment on column ops.placed_document.valid_from is '机关版本起始日 / first day of that version';
comment on column ops.placed_document.valid_to is '机关版本终止日 / first day after that version';

create unlogged table ops.changed_report (
    year_key smallint not null,
    agency_key bigint,
    document_key bigint,
    previous_agency_key bigint,
    previous_document_key bigint,
    previous_form text,
    check (agency_key is not null or previous_agency_key is not null)
);

comment on table ops.changed_report is '事实须重写的机关与年度 / agency-years whose facts are written anew';
comment on column ops.changed_report.year_key is '报告年度 / reporting year';
comment on column ops.changed_report.agency_key is '机关版本；年报不再存在为空 / version of the agency; null when there is no report any more';
comment on column ops.changed_report.document_key is '现行年报 / current document';
comment on column ops.changed_report.previous_agency_key is '此前事实所用的机关版本；首次载入为空 / version under which facts stand; null when there are none';
comment on column ops.changed_report.previous_document_key is '此前的年报 / document of the standing facts';
comment on column ops.changed_report.previous_form is '此前的报告格式 / form of the standing facts';

create unlogged table ops.replaced_cell (
    agency_key bigint,
    year_key smallint not null,
    cell_key integer not null,
    value numeric,
    state dw.cell_state not null
);

comment on table ops.replaced_cell is '本次被替换的事实 / facts that the transform under way replaced';
comment on column ops.replaced_cell.agency_key is '替换后的机关版本 / version of the agency after the change';
comment on column ops.replaced_cell.year_key is '报告年度 / reporting year';
comment on column ops.replaced_cell.cell_key is '单元格 / cell';
comment on column ops.replaced_cell.value is '替换前的数值 / value before';
comment on column ops.replaced_cell.state is '替换前的状态 / state before';

create view ops.transform_count as
with counted as (
    select
        changed.year_key, changed.agency_key, changed.previous_agency_key,
        coalesce(cardinality(layout.cell_codes), 0) as cells
    from ops.changed_report as changed
    left join stg.report_reading as reading using (document_key)
    left join stg.reading_layout as layout using (layout_key)
),
replaced as (
    select
        count(*) as cells,
        count(*) filter (where fact.cell_key is null) as removed,
        count(*) filter (where fact.cell_key is not null and (before.state, before.value) is distinct from (fact.state, fact.value)) as changed,
        count(*) filter (where (before.state, before.value) is not distinct from (fact.state, fact.value)) as unchanged
    from ops.replaced_cell as before
    left join dw.fact_cell as fact
        on fact.cell_key = before.cell_key
        and fact.agency_key = before.agency_key
        and fact.year_key = before.year_key
)
select
    (select count(*) from ops.pending_document) as documents_changed,
    (select count(*) from counted) as reports_changed,
    (select coalesce(sum(counted.cells), 0) from counted)::bigint - replaced.changed - replaced.unchanged as facts_inserted,
    replaced.changed as facts_changed,
    replaced.unchanged as facts_unchanged,
    replaced.removed as facts_removed
from replaced;

comment on view ops.transform_count is '本次转换的变化数量 / what the transform under way changed';
comment on column ops.transform_count.documents_changed is '新增或重新识读的文件数 / documents staged or read anew';
comment on column ops.transform_count.reports_changed is '重写的年报数 / agency-years written anew';
comment on column ops.transform_count.facts_inserted is '新增事实数 / facts that did not stand before';
comment on column ops.transform_count.facts_changed is '变化的事实数 / facts that say something else than before';
comment on column ops.transform_count.facts_unchanged is '重写但未变的事实数 / facts written anew that say the same';
comment on column ops.transform_count.facts_removed is '删除的事实数 / facts that stand no more';
