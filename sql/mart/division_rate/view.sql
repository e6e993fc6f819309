-- grain:  one division, one reporting year, one level and kind of the agencies below it, one rate
-- keys:   division_code, year, agency_level, agency_kind, rate_code (unique)
-- source: mart.rate, mart.rate_definition, mart.division_coverage, dw.dim_division
-- Numerators and denominators are added over the agencies that report both; a mean of rates would weigh one request of a small
-- agency like a thousand of a large one. The interval takes the requests as decided alike and on their own.
create view mart.division_rate as
with member as (
    select
        rate.year, left(rate.division_code, 4) as prefix, rate.level as agency_level, coalesce(rate.agency_kind, 'unclassified') as agency_kind,
        rate.rate_code, rate.is_exact, rate.status,
        case when rate.status in ('shown', 'below_minimum') then rate.numerator end as numerator,
        case when rate.status in ('shown', 'below_minimum') then rate.denominator end as denominator
    from mart.rate as rate
),
-- By prefecture first, because most of what a province has is summed there already.
part as (
    select
        member.year, member.prefix, member.agency_level, member.agency_kind, member.rate_code,
        sum(member.numerator) as numerator,
        sum(member.denominator) as denominator,
        count(member.denominator) as n_reported,
        count(*) filter (where member.status = 'incomplete') as n_incomplete,
        count(*) filter (where member.status = 'contradictory') as n_contradictory,
        bool_and(member.is_exact) as is_exact
    from member
    group by member.year, member.prefix, member.agency_level, member.agency_kind, member.rate_code
),
summed as (
    select
        part.year, parent.division_code, part.agency_level, part.agency_kind, part.rate_code, definition.rate_label,
        definition.definition, definition.exclusions, definition.minimum_n,
        sum(part.numerator) as numerator,
        sum(part.denominator) as denominator,
        sum(part.n_reported)::bigint as n_reported,
        sum(part.n_incomplete)::bigint as n_incomplete,
        sum(part.n_contradictory)::bigint as n_contradictory,
        bool_and(part.is_exact) as is_exact
    from part
    inner join mart.rate_definition as definition using (rate_code)
    inner join dw.dim_division as parent
        on parent.division_code in (part.prefix || '00', left(part.prefix, 2) || '0000')
        and parent.valid_from <= make_date(part.year, 12, 31)
        and parent.valid_to > make_date(part.year, 12, 31)
    group by
        part.year, parent.division_code, part.agency_level, part.agency_kind, part.rate_code, definition.rate_label,
        definition.definition, definition.exclusions, definition.minimum_n
),
judged as (
    select
        summed.*,
        summed.denominator >= summed.minimum_n as is_shown
    from summed
)
select
    judged.year,
    judged.division_code,
    division.name as division_name,
    division.level as division_level,
    division.province,
    judged.agency_level,
    judged.agency_kind,
    judged.rate_code,
    judged.rate_label,
    judged.definition,
    judged.exclusions,
    judged.numerator,
    judged.denominator,
    case when judged.is_shown then round(100 * judged.numerator / judged.denominator, 2) end as rate_pct,
    case when judged.is_shown then round(100 * (mart.wilson_interval(judged.numerator, judged.denominator))[1], 2) end as low_pct,
    case when judged.is_shown then round(100 * (mart.wilson_interval(judged.numerator, judged.denominator))[2], 2) end as high_pct,
    judged.minimum_n,
    judged.is_exact,
    judged.n_reported,
    judged.n_incomplete,
    judged.n_contradictory,
    coverage.n_expected - coverage.n_present as n_absent,
    coverage.n_expected,
    judged.n_reported || '/' || coverage.n_expected as coverage
from judged
left join dw.dim_division as division
    on division.division_code = judged.division_code
    and division.valid_from <= make_date(judged.year, 12, 31)
    and division.valid_to > make_date(judged.year, 12, 31)
left join mart.division_coverage as coverage
    on coverage.year = judged.year
    and coverage.division_code = judged.division_code
    and coverage.agency_level = judged.agency_level
    and coverage.agency_kind = judged.agency_kind;

comment on view mart.division_rate is '行政区划×年度×机关级别与类别的汇总比率，附覆盖情况（如 41/43） / rates over the agencies below a prefecture or province, with coverage such as 41/43';
comment on column mart.division_rate.year is '报告年度 / reporting year';
comment on column mart.division_rate.division_code is '行政区划代码（地或省） / division code of a prefecture or province';
comment on column mart.division_rate.division_name is '行政区划名称 / name';
comment on column mart.division_rate.division_level is '行政区划级别 / level of the division';
comment on column mart.division_rate.province is '省 / province';
comment on column mart.division_rate.agency_level is '所汇总机关的级别 / level of the agencies';
comment on column mart.division_rate.agency_kind is '所汇总机关的类别 / kind of the agencies';
comment on column mart.division_rate.rate_code is '比率代码 / rate';
comment on column mart.division_rate.rate_label is '比率名称 / label';
comment on column mart.division_rate.definition is '定义 / definition';
comment on column mart.division_rate.exclusions is '不计入的情形与口径说明 / what is left out';
comment on column mart.division_rate.numerator is '分子之和（仅计数字完整且不矛盾者） / sum of numerators of complete, consistent reports';
comment on column mart.division_rate.denominator is '分母之和（同上） / sum of denominators of the same reports';
comment on column mart.division_rate.rate_pct is '比率（%）；分母不足时为空 / rate in percent; null below the minimum';
comment on column mart.division_rate.low_pct is '95% Wilson 区间下限（%） / lower end of the 95 % Wilson interval';
comment on column mart.division_rate.high_pct is '95% Wilson 区间上限（%） / upper end of the 95 % Wilson interval';
comment on column mart.division_rate.minimum_n is '最小分母 / least denominator with which the rate is shown';
comment on column mart.division_rate.is_exact is '口径是否与现行格式一致 / false where figures compare only roughly';
comment on column mart.division_rate.n_reported is '计入的机关数 / agencies counted';
comment on column mart.division_rate.n_incomplete is '因数字不全未计入的机关数 / agencies left out because figures are missing';
comment on column mart.division_rate.n_contradictory is '因分子大于分母未计入的机关数 / agencies left out because figures contradict each other';
comment on column mart.division_rate.n_absent is '未见年报的已知机关数 / known agencies without a report';
comment on column mart.division_rate.n_expected is '应有年报的已知机关数 / agencies known by then';
comment on column mart.division_rate.coverage is '覆盖情况：计入数/应有数 / agencies counted / expected';
