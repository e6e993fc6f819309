-- grain:  one agency, one reporting year, one concept that the report's form knows
-- keys:   agency_key, year_key, concept_key (unique)
-- source: ops.changed_report, ops.pending_reference, dw.fact_cell, dw.dim_document, dw.bridge_concept_cell
-- rerun:  replaces the changed reports' rows, all of them when the concepts changed
delete from mart.concept_value as standing
using ops.changed_report as changed
where standing.agency_key = changed.previous_agency_key
    and standing.year_key = changed.year_key;

delete from mart.concept_value
where exists (
    select 1 from ops.pending_reference where object_name = 'dw.bridge_concept_cell'
);

insert into mart.concept_value (agency_key, year_key, concept_key, cells, reported_cells, is_exact, value)
with report as (
    select changed.agency_key, changed.year_key
    from ops.changed_report as changed
    where changed.agency_key is not null
    union
    select document.agency_key, document.year_key
    from dw.dim_document as document
    where document.is_current
        and exists (
            select 1 from ops.pending_reference where object_name = 'dw.bridge_concept_cell'
        )
)
select
    fact.agency_key, fact.year_key, bridge.concept_key,
    count(*), count(fact.value), bool_and(bridge.is_exact),
    -- A sum over missing cells would count them as zero.
    case when count(*) = count(fact.value) then sum(fact.value) end
from report
inner join dw.fact_cell as fact using (agency_key, year_key)
inner join dw.bridge_concept_cell as bridge using (cell_key)
group by fact.agency_key, fact.year_key, bridge.concept_key;
