-- grain:  one current report, one rate that its form knows
-- keys:   agency_code, year, rate_code (unique)
-- source: mart.agency_measure, mart.rate_definition, dw.dim_agency, dw.dim_division, dw.dim_document, dw.dim_concept,
-- source: dw.bridge_concept_cell
-- Numerator and denominator are always shown; the rate only where both are reported, agree with each other and are enough.
create view mart.rate as
with form_concept as (
    select bridge.form, concept.concept_code, bool_and(bridge.is_exact) as is_exact
    from dw.bridge_concept_cell as bridge
    inner join dw.dim_concept as concept using (concept_key)
    group by bridge.form, concept.concept_code
),
form_rate as materialized (
    select form_concept.form, definition.rate_code, bool_and(form_concept.is_exact) as is_exact
    from mart.rate_definition as definition
    inner join form_concept
        on form_concept.concept_code = any(definition.concept_codes)
    group by form_concept.form, definition.rate_code, definition.concept_codes
    having count(*) = cardinality(definition.concept_codes)
),
ratio as (
    select
        measure.agency_key, measure.year_key, measure.document_key, measure.form, part.rate_code, part.numerator, part.denominator
    from mart.agency_measure as measure
    cross join lateral (values
        ('grant_rate', measure.requests_granted, measure.requests_handled),
        ('disclosure_rate', measure.requests_granted + measure.requests_partly_granted, measure.requests_handled),
        ('refusal_rate', measure.requests_denied, measure.requests_handled),
        ('unavailable_rate', measure.requests_unavailable, measure.requests_handled),
        ('not_processed_rate', measure.requests_not_processed, measure.requests_handled),
        ('carried_forward_rate', measure.requests_carried_forward, measure.requests_received + measure.requests_carried_over),
        ('review_correction_rate', measure.reviews_corrected, measure.reviews_upheld + measure.reviews_corrected + measure.reviews_other),
        ('litigation_correction_rate', measure.litigation_corrected, measure.litigation_upheld + measure.litigation_corrected + measure.litigation_other)
    ) as part (rate_code, numerator, denominator)
),
judged as (
    select
        ratio.*, definition.rate_label, definition.definition, definition.exclusions, definition.minimum_n, form_rate.is_exact,
        case
            when ratio.numerator is null or ratio.denominator is null then 'incomplete'
            when ratio.numerator > ratio.denominator then 'contradictory'
            when ratio.denominator < definition.minimum_n then 'below_minimum'
            else 'shown'
        end as status
    from ratio
    inner join mart.rate_definition as definition using (rate_code)
    inner join form_rate using (form, rate_code)
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
    judged.year_key as year,
    judged.form,
    judged.rate_code,
    judged.rate_label,
    judged.definition,
    judged.exclusions,
    judged.numerator,
    judged.denominator,
    judged.status,
    case when judged.status = 'shown' then round(100 * judged.numerator / judged.denominator, 2) end as rate_pct,
    case when judged.status = 'shown' then round(100 * (mart.wilson_interval(judged.numerator, judged.denominator))[1], 2) end as low_pct,
    case when judged.status = 'shown' then round(100 * (mart.wilson_interval(judged.numerator, judged.denominator))[2], 2) end as high_pct,
    judged.minimum_n,
    judged.is_exact,
    document.url as report_url,
    document.sha256
from judged
left join dw.dim_agency as agency using (agency_key)
left join dw.dim_division as division using (division_key)
left join dw.dim_document as document using (document_key);

comment on view mart.rate is '机关×年度×比率：分子、分母、定义、Wilson 区间；分母不足时不显示比率 / rates of agencies with numerator, denominator, definition and Wilson interval; none is shown below the minimum';
comment on column mart.rate.agency_code is '机关代码 / agency code';
comment on column mart.rate.agency_name is '机关名称 / agency';
comment on column mart.rate.agency_kind is '机关类别 / peer group';
comment on column mart.rate.level is '级别 / level';
comment on column mart.rate.province is '省 / province';
comment on column mart.rate.prefecture is '地 / prefecture';
comment on column mart.rate.county is '县 / county';
comment on column mart.rate.division_code is '行政区划代码 / division code';
comment on column mart.rate.year is '报告年度 / reporting year';
comment on column mart.rate.form is '报告格式 / form';
comment on column mart.rate.rate_code is '比率代码 / rate';
comment on column mart.rate.rate_label is '比率名称 / label';
comment on column mart.rate.definition is '定义 / definition';
comment on column mart.rate.exclusions is '不计入的情形与口径说明 / what is left out';
comment on column mart.rate.numerator is '分子；数字不全为空 / numerator; null unless all of its cells are reported';
comment on column mart.rate.denominator is '分母；数字不全为空 / denominator; null unless all of its cells are reported';
comment on column mart.rate.status is '情况：shown 显示，incomplete 数字不全，contradictory 分子大于分母，below_minimum 分母不足 / shown, incomplete, contradictory or below_minimum';
comment on column mart.rate.rate_pct is '比率（%）；仅 shown 有值 / rate in percent; only when shown';
comment on column mart.rate.low_pct is '95% Wilson 区间下限（%） / lower end of the 95 % Wilson interval';
comment on column mart.rate.high_pct is '95% Wilson 区间上限（%） / upper end of the 95 % Wilson interval';
comment on column mart.rate.minimum_n is '最小分母 / least denominator with which the rate is shown';
comment on column mart.rate.is_exact is '口径是否与现行格式一致 / false where figures compare only roughly with the form in force';
comment on column mart.rate.report_url is '年报地址 / address of the report';
comment on column mart.rate.sha256 is '归档文件的 SHA-256 / SHA-256 of the archived bytes';
