-- Tools list the partitions of the facts beside the tables, so they say what they are too.
do $$
declare
    part record;
begin
    for part in
        select child.relname, pg_catalog.pg_get_expr(child.relpartbound, child.oid) as bound
        from pg_catalog.pg_inherits as link
        inner join pg_catalog.pg_class as child
            on child.oid = link.inhrelid
        where link.inhparent = 'dw.fact_cell'::regclass
        order by child.relname
    loop
        execute format(
            'comment on table dw.%I is %L', part.relname,
            'dw.fact_cell 的年度分区，请查询 dw.fact_cell / partition of dw.fact_cell by reporting year, ' || lower(part.bound) || '; ask dw.fact_cell'
        );
    end loop;
end
$$;
