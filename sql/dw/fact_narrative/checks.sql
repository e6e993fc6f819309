-- check: each changed report has one fact for each number that its prose states
-- severity: fail
with stated as (
    select changed.document_key, count(*) as numbers
    from ops.changed_report as changed
    inner join stg.narrative as narrative using (document_key)
    group by changed.document_key
),
loaded as (
    select changed.document_key, count(*) as facts
    from ops.changed_report as changed
    inner join dw.fact_narrative as fact using (agency_key, year_key, document_key)
    group by changed.document_key
)
select changed.document_key, changed.year_key, stated.numbers, loaded.facts
from ops.changed_report as changed
left join stated using (document_key)
left join loaded using (document_key)
where changed.agency_key is not null
    and coalesce(stated.numbers, 0) <> coalesce(loaded.facts, 0);

-- check: no number that was compared lacks one of the two sides
-- severity: warn
select fact.document_key, fact.year_key, fact.position, fact.value, fact.table_value, fact.agrees
from ops.changed_report as changed
inner join dw.fact_narrative as fact using (agency_key, year_key)
where fact.agrees is not null
    and (fact.value is null or fact.table_value is null);
