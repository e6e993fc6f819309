-- check: the stretches of an agency and year follow each other without gap, and the last is that of the current revision
-- severity: fail
with followed as (
    select
        period.agency_code, period.year_key, period.known_from, period.known_to, period.document_key,
        lead(period.known_from, 1, 'infinity') over (
            partition by period.agency_code, period.year_key order by period.known_from
        ) as next_from,
        last_value(period.document_key) over (
            partition by period.agency_code, period.year_key order by period.known_from
            rows between unbounded preceding and unbounded following
        ) as last_document_key
    from ops.touched_agency as touched
    inner join dw.report_period as period using (agency_code)
)
select followed.agency_code, followed.year_key, followed.known_from, followed.known_to, document.is_current
from followed
left join dw.dim_document as document using (document_key)
where followed.known_to <> followed.next_from
    or document.is_current is distinct from (followed.document_key = followed.last_document_key);
