-- The place in a series of yearly counts after which its rate is likeliest another one: for each place the exact test of what stands
-- before against what stands behind; the least p-value times the number of places (Bonferroni). If the counts are Poisson with one
-- rate, adjusted_p is at most a with a chance of at most a. Null for fewer than four years and for values that are no counts.
create function mart.poisson_change_point(counts numeric[], out years_before integer, out p_value double precision, out adjusted_p double precision)
    language sql immutable strict parallel safe
    as $$
    with split as (
        select
            place.years,
            mart.poisson_change(
                (select sum(counted.value) from unnest(counts[:place.years]) as counted (value)), place.years,
                (select sum(counted.value) from unnest(counts[place.years + 1:]) as counted (value)), cardinality(counts) - place.years
            ) as p_value
        from generate_series(1, cardinality(counts) - 1) as place (years)
        where cardinality(counts) >= 4
    )
    select split.years, split.p_value, least(1, split.p_value * (cardinality(counts) - 1))
    from split
    where split.p_value is not null
    order by split.p_value, split.years
    limit 1
    $$;
comment on function mart.poisson_change_point(numeric[]) is '年度计数序列的变点：变点前的年数、p 值、校正后 p 值 / change point of a series of yearly counts: years before it, p-value, adjusted p-value';
