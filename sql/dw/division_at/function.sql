-- grain:  one division in force on a day, with the divisions it rolls up to on that day
-- keys:   division_code (unique)
-- source: dw.dim_division
-- params: as_of: a day; for a reporting year take December 31, e.g. make_date(2024, 12, 31)
create function dw.division_at(as_of date)
returns table (
    division_key bigint,
    division_code text,
    name text,
    level text,
    county text,
    prefecture text,
    prefecture_code text,
    province text,
    province_code text
)
language sql stable parallel safe
as $$
select
    division.division_key,
    division.division_code,
    division.name,
    division.level,
    division.county,
    prefecture.name,
    prefecture.division_code,
    coalesce(province.name, division.province),
    province.division_code
from dw.dim_division as division
-- Codes say where a division stands. A county without prefecture stands directly under its province.
left join dw.dim_division as prefecture
    on prefecture.division_code = left(division.division_code, 4) || '00'
    and prefecture.level = 'prefecture'
    and division.level <> 'province'
    and prefecture.valid_from <= as_of
    and prefecture.valid_to > as_of
left join dw.dim_division as province
    on province.division_code = left(division.division_code, 2) || '0000'
    and province.valid_from <= as_of
    and province.valid_to > as_of
where division.valid_from <= as_of
    and division.valid_to > as_of
$$;

comment on function dw.division_at(date) is '某日有效的行政区划及其上级；年度取当年12月31日 / divisions in force on a day, with their prefecture and province on that day';
