-- Exact two-sided p-value of two Poisson counts having the same rate (Przyborowski and Wilenski 1940): given their sum, the later
-- one is binomial with the share of its years. The smaller tail is doubled, so the test never alarms more often than it says.
-- Null for a value that is no count. Sums up to some millions are exact to about nine digits.
create function mart.poisson_change(before_count numeric, before_years integer, after_count numeric, after_years integer)
    returns double precision
    language plpgsql immutable strict parallel safe
as $$
declare
    hits double precision := after_count;
    trials double precision := before_count + after_count;
    share double precision := after_years::double precision / (before_years + after_years);
    odds double precision;
    term double precision;
    tail double precision;
begin
    if before_count < 0 or after_count < 0 or before_count % 1 <> 0 or after_count % 1 <> 0 or before_years < 1 or after_years < 1 then
        return null;
    end if;
    -- The tail that starts at the observed count and leads away from the mean.
    if hits > trials * share then
        hits := trials - hits;
        share := 1 - share;
    end if;
    -- At the mean itself each tail has more than a half.
    if hits = trials * share then
        return 1;
    end if;
    odds := (1 - share) / share;
    term := mart.log_factorial(trials) - mart.log_factorial(hits) - mart.log_factorial(trials - hits)
        + hits * ln(share) + (trials - hits) * ln(1 - share);
    -- Less than the machine has numbers for.
    if term < -650 then
        return 0;
    end if;
    term := exp(term);
    tail := term;
    for hit in reverse hits::bigint..1 loop
        exit when term <= tail * 1e-16;
        term := term * hit / (trials - hit + 1) * odds;
        tail := tail + term;
    end loop;
    return least(1, 2 * tail);
end
$$;
comment on function mart.poisson_change(numeric, integer, numeric, integer) is '两个计数是否同一发生率的精确双侧检验 p 值（条件二项检验） / exact two-sided p-value of two counts having the same yearly rate';
