-- Summaries that the transform keeps: what stands below a division, cell by cell, and the measures of each report side by side.
-- Beside them what they need: totals told from their parts, the other side of a change, sketches of prose.

alter table dw.dim_cell add column is_total boolean not null default false;
alter table dw.dim_cell add column additive_group text;

comment on column dw.dim_cell.is_total is '是否合计格：其值已含本格式内的其他单元格 / true where the form calls it the sum of other cells';
comment on column dw.dim_cell.additive_group is '可加组：同组的非合计格相加即为该组合计（组名即合计格代码）；只能跨机关相加的单元格自成一组 / sums of cells that are no totals make sense within a group only; the group is named after its total';

alter table stg.section add column shingles integer not null default 0;
alter table stg.section add column sketch integer[] not null default '{}';

comment on column stg.section.shingles is '不同连续片段的个数 / distinct runs of characters of the folded prose';
comment on column stg.section.sketch is '最小的若干片段散列，升序，供比较相似度 / the least hashes of these, ascending, for comparing documents';

alter table ops.replaced_cell add column previous_agency_key bigint;

comment on column ops.replaced_cell.previous_agency_key is '替换前的机关版本 / version of the agency before the change';

create unlogged table ops.summary_scope (
    is_added boolean not null,
    agency_key bigint not null,
    year_key smallint not null,
    document_key bigint not null,
    form text not null,
    division_code text not null,
    agency_level text not null,
    agency_kind text not null,
    primary key (is_added, agency_key, year_key)
);

comment on table ops.summary_scope is '本次须计入或扣除的年报 / reports that the summaries gain or lose in the transform under way';
comment on column ops.summary_scope.is_added is '计入为真，扣除为假 / true for what comes, false for what goes';
comment on column ops.summary_scope.agency_key is '机关版本 / version of the agency';
comment on column ops.summary_scope.year_key is '报告年度 / reporting year';
comment on column ops.summary_scope.document_key is '年报 / document';
comment on column ops.summary_scope.form is '报告格式 / form';
comment on column ops.summary_scope.division_code is '机关所在区划 / division of the agency';
comment on column ops.summary_scope.agency_level is '机关级别 / level of the agency';
comment on column ops.summary_scope.agency_kind is '机关类别；无类别为 unclassified / kind; unclassified where none fits';

create table mart.division_total (
    year_key smallint not null,
    division_code text not null,
    agency_level text not null,
    agency_kind text not null,
    form text not null,
    n_reports integer[] not null,
    n_reported integer[] not null,
    n_nonzero integer[] not null,
    value_sum numeric[] not null,
    primary key (year_key, division_code, agency_level, agency_kind, form)
);

comment on table mart.division_total is '行政区划汇总，各单元格按格式序号存于数组；查询请用 mart.division_cell / sums below a division, cells by position of the form; ask mart.division_cell';
comment on column mart.division_total.year_key is '报告年度 / reporting year';
comment on column mart.division_total.division_code is '行政区划代码 / division code';
comment on column mart.division_total.agency_level is '所汇总机关的级别 / level of the agencies summed';
comment on column mart.division_total.agency_kind is '所汇总机关的类别；县级为 departments（全部部门）或 people_government / kind; in counties departments or people_government';
comment on column mart.division_total.form is '报告格式 / form';
comment on column mart.division_total.n_reports is '有此单元格的年报数 / reports that have the cell';
comment on column mart.division_total.n_reported is '其中有数字的年报数 / of these, reports with a value';
comment on column mart.division_total.n_nonzero is '其中数字不为零的年报数 / of these, with a value other than zero';
comment on column mart.division_total.value_sum is '数值之和；均无数字为空 / sum of the values; null where there is none';

create table mart.agency_measure (
    agency_key bigint not null,
    year_key smallint not null,
    document_key bigint not null,
    form text not null,
    requests_received numeric,
    requests_carried_over numeric,
    requests_granted numeric,
    requests_partly_granted numeric,
    requests_denied numeric,
    requests_unavailable numeric,
    requests_not_processed numeric,
    requests_other numeric,
    requests_handled numeric,
    requests_carried_forward numeric,
    reviews_upheld numeric,
    reviews_corrected numeric,
    reviews_other numeric,
    reviews_pending numeric,
    reviews_total numeric,
    litigation_upheld numeric,
    litigation_corrected numeric,
    litigation_other numeric,
    litigation_pending numeric,
    litigation_total numeric,
    regulations_issued numeric,
    regulations_repealed numeric,
    regulations_in_force numeric,
    normative_documents_issued numeric,
    normative_documents_repealed numeric,
    normative_documents_in_force numeric,
    licenses_decisions numeric,
    penalties_decisions numeric,
    coercion_decisions numeric,
    administrative_fees_amount numeric,
    proactive_total numeric,
    primary key (agency_key, year_key)
);

create index agency_measure_year_key on mart.agency_measure (year_key);

comment on table mart.agency_measure is '每份现行年报一行，可比概念各占一列；查询请用 mart.agency_year / one row per current report, one column per concept; ask mart.agency_year';
comment on column mart.agency_measure.agency_key is '机关版本 / version of the agency';
comment on column mart.agency_measure.year_key is '报告年度 / reporting year';
comment on column mart.agency_measure.document_key is '现行年报 / current document';
comment on column mart.agency_measure.form is '报告格式 / form';
comment on column mart.agency_measure.requests_received is '本年新收政府信息公开申请（件） / requests received';
comment on column mart.agency_measure.requests_carried_over is '上年结转政府信息公开申请（件） / requests carried over';
comment on column mart.agency_measure.requests_granted is '予以公开（件） / requests granted';
comment on column mart.agency_measure.requests_partly_granted is '部分公开（件） / requests partly granted';
comment on column mart.agency_measure.requests_denied is '不予公开合计（件） / requests denied';
comment on column mart.agency_measure.requests_unavailable is '无法提供合计（件） / requests unavailable';
comment on column mart.agency_measure.requests_not_processed is '不予处理合计（件） / requests not processed';
comment on column mart.agency_measure.requests_other is '其他处理合计（件） / requests other';
comment on column mart.agency_measure.requests_handled is '本年度办理结果总计（件） / requests handled';
comment on column mart.agency_measure.requests_carried_forward is '结转下年度继续办理（件） / requests carried forward';
comment on column mart.agency_measure.reviews_upheld is '行政复议：结果维持（件） / reviews upheld';
comment on column mart.agency_measure.reviews_corrected is '行政复议：结果纠正（件） / reviews corrected';
comment on column mart.agency_measure.reviews_other is '行政复议：其他结果（件） / reviews other';
comment on column mart.agency_measure.reviews_pending is '行政复议：尚未审结（件） / reviews pending';
comment on column mart.agency_measure.reviews_total is '行政复议：总计（件） / reviews total';
comment on column mart.agency_measure.litigation_upheld is '行政诉讼：结果维持（件） / litigation upheld';
comment on column mart.agency_measure.litigation_corrected is '行政诉讼：结果纠正（件） / litigation corrected';
comment on column mart.agency_measure.litigation_other is '行政诉讼：其他结果（件） / litigation other';
comment on column mart.agency_measure.litigation_pending is '行政诉讼：尚未审结（件） / litigation pending';
comment on column mart.agency_measure.litigation_total is '行政诉讼：总计（件） / litigation total';
comment on column mart.agency_measure.regulations_issued is '规章：本年制发（件） / regulations issued';
comment on column mart.agency_measure.regulations_repealed is '规章：本年废止（件） / regulations repealed';
comment on column mart.agency_measure.regulations_in_force is '规章：现行有效（件） / regulations in force';
comment on column mart.agency_measure.normative_documents_issued is '规范性文件：本年制发（件） / normative documents issued';
comment on column mart.agency_measure.normative_documents_repealed is '规范性文件：本年废止（件） / normative documents repealed';
comment on column mart.agency_measure.normative_documents_in_force is '规范性文件：现行有效（件） / normative documents in force';
comment on column mart.agency_measure.licenses_decisions is '行政许可：处理决定（件） / licenses decisions';
comment on column mart.agency_measure.penalties_decisions is '行政处罚：处理决定（件） / penalties decisions';
comment on column mart.agency_measure.coercion_decisions is '行政强制：处理决定（件） / coercion decisions';
comment on column mart.agency_measure.administrative_fees_amount is '行政事业性收费金额（万元） / administrative fees amount';
comment on column mart.agency_measure.proactive_total is '主动公开政府信息数（条，仅2014年格式） / proactive total';

-- A warehouse that is filled already: its next transform fills the summaries.
insert into ops.pending_reference (object_name)
select 'dw.bridge_concept_cell'
where exists (select from dw.dim_agency)
on conflict do nothing;
