-- grain:  one cell that one change of a report changed
-- keys:   agency_code, year, changed_at, kind, before_revision, after_revision, cell_code (unique)
-- source: dw.dim_document, dw.report_period and dimensions; cells from staging, where every revision stands whole
-- correction: what a revision says otherwise than the one before it, in the order of publication.
-- return: what changed when an address gave an earlier revision again.
create view mart.revision as
with change as (
    select
        after.agency_key, after.year_key, 'correction' as kind, after.first_seen_at as changed_at,
        before.document_key as before_key, after.document_key as after_key
    from dw.dim_document as after
    inner join dw.dim_document as before
        on before.agency_key = after.agency_key
        and before.year_key = after.year_key
        and before.revision = after.revision - 1
    union all
    select after.agency_key, after.year_key, 'return', period.known_from, before.document_key, after.document_key
    from dw.report_period as period
    inner join dw.report_period as earlier
        on earlier.agency_code = period.agency_code
        and earlier.year_key = period.year_key
        and earlier.known_to = period.known_from
    inner join dw.dim_document as after
        on after.document_key = period.document_key
    inner join dw.dim_document as before
        on before.document_key = earlier.document_key
    where after.revision < before.revision
),
printed as (
    select change.*, before.cell_code, before.value, before.state, before.locator, true as is_before
    from change
    inner join stg.reading as before
        on before.document_key = change.before_key
    union all
    select change.*, after.cell_code, after.value, after.state, after.locator, false
    from change
    inner join stg.reading as after
        on after.document_key = change.after_key
),
compared as (
    select
        printed.agency_key, printed.year_key, printed.kind, printed.changed_at, printed.before_key, printed.after_key, printed.cell_code,
        max(printed.value) filter (where printed.is_before) as before_value,
        max(printed.value) filter (where not printed.is_before) as after_value,
        -- A cell that only one of them has, of another form or an optional row, is missing in the other.
        coalesce(max(printed.state) filter (where printed.is_before), 'missing')::dw.cell_state as before_state,
        coalesce(max(printed.state) filter (where not printed.is_before), 'missing')::dw.cell_state as after_state,
        max(printed.locator) filter (where printed.is_before) as before_locator,
        max(printed.locator) filter (where not printed.is_before) as after_locator
    from printed
    group by
        printed.agency_key, printed.year_key, printed.kind, printed.changed_at, printed.before_key, printed.after_key, printed.cell_code
)
select
    agency.agency_code,
    agency.agency_name,
    agency.agency_kind,
    agency.level,
    division.province,
    division.prefecture,
    division.county,
    division.division_code,
    compared.year_key as year,
    compared.kind,
    compared.changed_at,
    before.revision as before_revision,
    after.revision as after_revision,
    after.is_current as is_after_current,
    compared.cell_code,
    coalesce(cell.label_zh, earlier_cell.label_zh) as cell_label,
    coalesce(cell.unit, earlier_cell.unit) as unit,
    compared.before_state,
    compared.before_value,
    compared.after_state,
    compared.after_value,
    compared.after_value - compared.before_value as difference,
    before.published_on as before_published_on,
    after.published_on as after_published_on,
    before.first_seen_at as before_first_seen_at,
    after.first_seen_at as after_first_seen_at,
    before.url as before_url,
    after.url as after_url,
    before.sha256 as before_sha256,
    after.sha256 as after_sha256,
    compared.before_locator,
    compared.after_locator
from compared
inner join dw.dim_document as before
    on before.document_key = compared.before_key
inner join dw.dim_document as after
    on after.document_key = compared.after_key
inner join dw.dim_agency as agency
    on agency.agency_key = compared.agency_key
inner join dw.dim_division as division using (division_key)
left join dw.dim_cell as cell
    on cell.form = after.form
    and cell.cell_code = compared.cell_code
left join dw.dim_cell as earlier_cell
    on earlier_cell.form = before.form
    and earlier_cell.cell_code = compared.cell_code
where (compared.before_state, compared.before_value) is distinct from (compared.after_state, compared.after_value);

comment on view mart.revision is '年报各版本之间的变化，每行一个单元格 / what changed between the revisions of a report, one row a cell';
comment on column mart.revision.agency_code is '机关代码 / agency code';
comment on column mart.revision.agency_name is '机关名称 / agency';
comment on column mart.revision.agency_kind is '机关类别 / peer group';
comment on column mart.revision.level is '级别 / level';
comment on column mart.revision.province is '省 / province';
comment on column mart.revision.prefecture is '地 / prefecture';
comment on column mart.revision.county is '县 / county';
comment on column mart.revision.division_code is '行政区划代码 / division code';
comment on column mart.revision.year is '报告年度 / reporting year';
comment on column mart.revision.kind is '变化：correction 新版本更正前一版本，return 网址改回较早的版本 / correction by the next revision, or return of the address to an earlier one';
comment on column mart.revision.changed_at is '首次看到该变化的时间（UTC） / time at which the change was first seen (UTC)';
comment on column mart.revision.before_revision is '变化前的版本序号 / revision before';
comment on column mart.revision.after_revision is '变化后的版本序号 / revision after';
comment on column mart.revision.is_after_current is '变化后的版本是否现行 / true when the revision after is the current one';
comment on column mart.revision.cell_code is '单元格代码 / cell';
comment on column mart.revision.cell_label is '单元格名称 / label of the cell';
comment on column mart.revision.unit is '单位 / unit';
comment on column mart.revision.before_state is '变化前的状态 / state before';
comment on column mart.revision.before_value is '变化前的数值；仅 reported 状态有值 / value before; only when reported';
comment on column mart.revision.after_state is '变化后的状态 / state after';
comment on column mart.revision.after_value is '变化后的数值；仅 reported 状态有值 / value after; only when reported';
comment on column mart.revision.difference is '差额；任一方无值则为空 / after less before; null when either has no value';
comment on column mart.revision.before_published_on is '变化前版本的公布日期 / publication of the revision before';
comment on column mart.revision.after_published_on is '变化后版本的公布日期 / publication of the revision after';
comment on column mart.revision.before_first_seen_at is '变化前版本的首次取得时间（UTC） / first capture of the revision before (UTC)';
comment on column mart.revision.after_first_seen_at is '变化后版本的首次取得时间（UTC） / first capture of the revision after (UTC)';
comment on column mart.revision.before_url is '变化前版本的地址 / address of the revision before';
comment on column mart.revision.after_url is '变化后版本的地址 / address of the revision after';
comment on column mart.revision.before_sha256 is '变化前归档文件的 SHA-256 / SHA-256 of the bytes before';
comment on column mart.revision.after_sha256 is '变化后归档文件的 SHA-256 / SHA-256 of the bytes after';
comment on column mart.revision.before_locator is '变化前在文件中的位置 / place in the document before';
comment on column mart.revision.after_locator is '变化后在文件中的位置 / place in the document after';
