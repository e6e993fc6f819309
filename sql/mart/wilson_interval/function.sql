-- The 95 % score interval of Wilson (1927) of a share: hits of trials. It says how far chance alone may move the share if each case
-- were decided alike and on its own; for small numbers it stays within 0 and 1, which the plain interval does not.
-- The root is one of double precision, whose fifteen digits are nine more than are kept.
-- Not strict, so that PostgreSQL puts the expression in place of the call. Null where there are no trials, or more hits than trials.
create function mart.wilson_interval(hits numeric, trials numeric) returns numeric[]
    language sql immutable parallel safe
    return (
        case when trials > 0 and hits between 0 and trials then
            array[
                -- At the edges the interval ends there exactly; rounding must not move it.
                case when hits = 0 then 0 else round(
                    ((hits + 1.920729 - 1.959964 * sqrt((hits * (trials - hits) / trials + 0.960365)::double precision)) / (trials + 3.841459)::double precision)::numeric, 6) end,
                case when hits = trials then 1 else round(
                    ((hits + 1.920729 + 1.959964 * sqrt((hits * (trials - hits) / trials + 0.960365)::double precision)) / (trials + 3.841459)::double precision)::numeric, 6) end
            ]
        end
    );
comment on function mart.wilson_interval(numeric, numeric) is '比率的 95% Wilson 置信区间 [下限, 上限]，取值 0–1 / 95 % Wilson interval of a share, [low, high] within 0 and 1';
