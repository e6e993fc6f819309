-- grain:  one agency, one reporting year from its first report on
-- keys:   agency_code, year (unique)
-- source: mart.coverage, mart.agency_measure, dw.dim_agency, dw.bridge_concept_cell, dw.dim_concept
-- The wide form of mart.trend, for spreadsheets. Null is never zero: the report is absent, its form lacks the concept, or a cell is missing.
create view mart.agency_year as
with approximate as materialized (
    select bridge.form, array_agg(distinct replace(concept.concept_code, '.', '_')) as measures
    from dw.bridge_concept_cell as bridge
    inner join dw.dim_concept as concept using (concept_key)
    where not bridge.is_exact
    group by bridge.form
)
select
    coverage.agency_code,
    coverage.agency_name,
    coverage.agency_kind,
    coverage.level,
    coverage.province,
    coverage.prefecture,
    coverage.county,
    coverage.division_code,
    coverage.year,
    coverage.state,
    coverage.form,
    measure.requests_received,
    measure.requests_carried_over,
    measure.requests_granted,
    measure.requests_partly_granted,
    measure.requests_denied,
    measure.requests_unavailable,
    measure.requests_not_processed,
    measure.requests_other,
    measure.requests_handled,
    measure.requests_carried_forward,
    measure.reviews_upheld,
    measure.reviews_corrected,
    measure.reviews_other,
    measure.reviews_pending,
    measure.reviews_total,
    measure.litigation_upheld,
    measure.litigation_corrected,
    measure.litigation_other,
    measure.litigation_pending,
    measure.litigation_total,
    measure.regulations_issued,
    measure.regulations_repealed,
    measure.regulations_in_force,
    measure.normative_documents_issued,
    measure.normative_documents_repealed,
    measure.normative_documents_in_force,
    measure.licenses_decisions,
    measure.penalties_decisions,
    measure.coercion_decisions,
    measure.administrative_fees_amount,
    measure.proactive_total,
    case when measure.requests_handled >= 10 and measure.requests_granted <= measure.requests_handled
        then round(100 * measure.requests_granted / measure.requests_handled, 2) end as grant_rate_pct,
    case when measure.requests_handled >= 10 and measure.requests_denied <= measure.requests_handled
        then round(100 * measure.requests_denied / measure.requests_handled, 2) end as refusal_rate_pct,
    case when measure.requests_received + measure.requests_carried_over >= 10
            and measure.requests_carried_forward <= measure.requests_received + measure.requests_carried_over
        then round(100 * measure.requests_carried_forward / (measure.requests_received + measure.requests_carried_over), 2) end as carried_forward_rate_pct,
    case when measure.form is not null then coalesce(approximate.measures, '{}') end as approximate_measures,
    coverage.published_on,
    coverage.delay_days,
    coverage.report_url,
    coverage.sha256
from mart.coverage as coverage
left join (
    mart.agency_measure as measure
    inner join dw.dim_agency as agency using (agency_key)
)
    on agency.agency_code = coverage.agency_code
    and measure.year_key = coverage.year
left join approximate
    on approximate.form = measure.form;

comment on view mart.agency_year is '宽表：机关×年度一行，可比概念与主要比率各占一列；空值不等于零 / wide: one row per agency and year, one column per concept and main rate; null is never zero';
comment on column mart.agency_year.agency_code is '机关代码 / agency code';
comment on column mart.agency_year.agency_name is '机关名称 / agency';
comment on column mart.agency_year.agency_kind is '机关类别 / peer group';
comment on column mart.agency_year.level is '级别 / level';
comment on column mart.agency_year.province is '省 / province';
comment on column mart.agency_year.prefecture is '地 / prefecture';
comment on column mart.agency_year.county is '县 / county';
comment on column mart.agency_year.division_code is '行政区划代码 / division code';
comment on column mart.agency_year.year is '报告年度 / reporting year';
comment on column mart.agency_year.state is '情况：reported 按期，reported_late 逾期，reported_undated 日期不明，absent 未见 / in time, late, undated or absent';
comment on column mart.agency_year.form is '报告格式 / form';
comment on column mart.agency_year.requests_received is '本年新收政府信息公开申请（件）；缺失为空 / requests received; null where missing';
comment on column mart.agency_year.requests_carried_over is '上年结转政府信息公开申请（件）；缺失为空 / requests carried over; null where missing';
comment on column mart.agency_year.requests_granted is '予以公开（件）；缺失为空 / requests granted; null where missing';
comment on column mart.agency_year.requests_partly_granted is '部分公开（件）；缺失为空 / requests partly granted; null where missing';
comment on column mart.agency_year.requests_denied is '不予公开合计（件）；缺失为空 / requests denied; null where missing';
comment on column mart.agency_year.requests_unavailable is '无法提供合计（件）；缺失为空 / requests unavailable; null where missing';
comment on column mart.agency_year.requests_not_processed is '不予处理合计（件）；缺失为空 / requests not processed; null where missing';
comment on column mart.agency_year.requests_other is '其他处理合计（件）；缺失为空 / requests other; null where missing';
comment on column mart.agency_year.requests_handled is '本年度办理结果总计（件）；缺失为空 / requests handled; null where missing';
comment on column mart.agency_year.requests_carried_forward is '结转下年度继续办理（件）；缺失为空 / requests carried forward; null where missing';
comment on column mart.agency_year.reviews_upheld is '行政复议：结果维持（件）；缺失为空 / reviews upheld; null where missing';
comment on column mart.agency_year.reviews_corrected is '行政复议：结果纠正（件）；缺失为空 / reviews corrected; null where missing';
comment on column mart.agency_year.reviews_other is '行政复议：其他结果（件）；缺失为空 / reviews other; null where missing';
comment on column mart.agency_year.reviews_pending is '行政复议：尚未审结（件）；缺失为空 / reviews pending; null where missing';
comment on column mart.agency_year.reviews_total is '行政复议：总计（件）；缺失为空 / reviews total; null where missing';
comment on column mart.agency_year.litigation_upheld is '行政诉讼：结果维持（件）；缺失为空 / litigation upheld; null where missing';
comment on column mart.agency_year.litigation_corrected is '行政诉讼：结果纠正（件）；缺失为空 / litigation corrected; null where missing';
comment on column mart.agency_year.litigation_other is '行政诉讼：其他结果（件）；缺失为空 / litigation other; null where missing';
comment on column mart.agency_year.litigation_pending is '行政诉讼：尚未审结（件）；缺失为空 / litigation pending; null where missing';
comment on column mart.agency_year.litigation_total is '行政诉讼：总计（件）；缺失为空 / litigation total; null where missing';
comment on column mart.agency_year.regulations_issued is '规章：本年制发（件）；缺失为空 / regulations issued; null where missing';
comment on column mart.agency_year.regulations_repealed is '规章：本年废止（件）；缺失为空 / regulations repealed; null where missing';
comment on column mart.agency_year.regulations_in_force is '规章：现行有效（件）；缺失为空 / regulations in force; null where missing';
comment on column mart.agency_year.normative_documents_issued is '规范性文件：本年制发（件）；缺失为空 / normative documents issued; null where missing';
comment on column mart.agency_year.normative_documents_repealed is '规范性文件：本年废止（件）；缺失为空 / normative documents repealed; null where missing';
comment on column mart.agency_year.normative_documents_in_force is '规范性文件：现行有效（件）；缺失为空 / normative documents in force; null where missing';
comment on column mart.agency_year.licenses_decisions is '行政许可：处理决定（件）；缺失为空 / licenses decisions; null where missing';
comment on column mart.agency_year.penalties_decisions is '行政处罚：处理决定（件）；缺失为空 / penalties decisions; null where missing';
comment on column mart.agency_year.coercion_decisions is '行政强制：处理决定（件）；缺失为空 / coercion decisions; null where missing';
comment on column mart.agency_year.administrative_fees_amount is '行政事业性收费金额（万元）；缺失为空 / administrative fees amount; null where missing';
comment on column mart.agency_year.proactive_total is '主动公开政府信息数（条，仅2014年格式）；缺失为空 / proactive total; null where missing';
comment on column mart.agency_year.grant_rate_pct is '予以公开率（%）；办结不足 10 件时为空 / share granted in percent; null below 10 handled';
comment on column mart.agency_year.refusal_rate_pct is '不予公开率（%）；办结不足 10 件时为空 / share denied in percent; null below 10 handled';
comment on column mart.agency_year.carried_forward_rate_pct is '结转率（%）；应办不足 10 件时为空 / share carried forward in percent; null below 10 to handle';
comment on column mart.agency_year.approximate_measures is '本格式下仅口径近似的列 / columns that compare only roughly in this form';
comment on column mart.agency_year.published_on is '首个版本的公布日期 / date of publication of the first revision';
comment on column mart.agency_year.delay_days is '逾期天数 / days after the deadline';
comment on column mart.agency_year.report_url is '年报地址 / address of the report';
comment on column mart.agency_year.sha256 is '归档文件的 SHA-256 / SHA-256 of the archived bytes';
