-- Not strict, so that PostgreSQL puts the expression in place of the call.
-- Natural logarithm of n!: from the number itself for small n, else by Stirling's series, whose error is below 1e-10 there.
create function mart.log_factorial(n double precision) returns double precision
    language sql immutable parallel safe
    return (
        case
            when n < 20 then ln(factorial(n::bigint)::double precision)
            else (n + 0.5) * ln(n) - n + 0.918938533204673 + 1 / (12 * n) - 1 / (360 * n * n * n)
        end
    );
comment on function mart.log_factorial(double precision) is '阶乘的自然对数 / natural logarithm of the factorial';
