-- grain:  one agency, one reporting year, one reconciliation check of that year's current report
-- keys:   agency_key, year_key, check_key (unique)
-- source: stg.report_reading, stg.reading_layout, ops.changed_report, dw.dim_check
-- rerun:  replaces the changed reports' rows, so a second run changes nothing
delete from dw.fact_check as fact
using ops.changed_report as changed
where fact.agency_key = changed.previous_agency_key
    and fact.year_key = changed.year_key;

insert into dw.fact_check (agency_key, document_key, check_key, status, year_key, left_value, right_value)
with layout_check as materialized (
    select layout.layout_key, coded.place, rule.check_key
    from stg.reading_layout as layout
    cross join lateral unnest(layout.check_codes) with ordinality as coded (check_code, place)
    inner join dw.dim_check as rule
        on rule.form = layout.form
        and rule.check_code = coded.check_code
)
select
    changed.agency_key, changed.document_key, layout_check.check_key, judged.status::dw.check_status, changed.year_key,
    judged.left_value, judged.right_value
from ops.changed_report as changed
inner join stg.report_reading as reading using (document_key)
cross join lateral unnest(
    reading.check_statuses, reading.check_lefts, reading.check_rights
) with ordinality as judged (status, left_value, right_value, place)
inner join layout_check
    on layout_check.layout_key = reading.layout_key
    and layout_check.place = judged.place;
