-- grain:  one agency, one reporting year, one reconciliation check of that year's current report
-- keys:   agency_key, year_key, check_key (unique)
-- source: stg.report_reading, stg.reading_layout, ops.changed_report, dw.dim_check
-- rerun:  replaces the changed reports' rows, so a second run changes nothing
delete from dw.fact_check as fact
using ops.changed_report as changed
where fact.agency_key = changed.previous_agency_key
    and fact.year_key = changed.year_key;

insert into dw.fact_check (agency_key, document_key, check_key, status, year_key, left_value, right_value)
with layout as materialized (
    select layout.layout_key, array_agg(rule.check_key order by coded.place) as check_keys
    from stg.reading_layout as layout
    cross join lateral unnest(layout.check_codes) with ordinality as coded (check_code, place)
    left join dw.dim_check as rule
        on rule.form = layout.form
        and rule.check_code = coded.check_code
    group by layout.layout_key
)
select
    changed.agency_key, changed.document_key, judged.check_key, judged.status::dw.check_status, changed.year_key,
    judged.left_value, judged.right_value
from ops.changed_report as changed
inner join stg.report_reading as reading using (document_key)
inner join layout using (layout_key)
cross join lateral unnest(
    layout.check_keys, reading.check_statuses, reading.check_lefts, reading.check_rights
) as judged (check_key, status, left_value, right_value);
