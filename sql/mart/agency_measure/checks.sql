-- check: each report that came has its row, and what went has none
-- severity: fail
select scope.agency_key, scope.year_key, scope.is_added, measure.document_key
from ops.summary_scope as scope
left join ops.summary_scope as added
    on added.agency_key = scope.agency_key
    and added.year_key = scope.year_key
    and added.is_added
left join mart.agency_measure as measure
    on measure.agency_key = scope.agency_key
    and measure.year_key = scope.year_key
where measure.document_key is distinct from added.document_key;

-- check: measures of a sample of the changed reports are what their facts give
-- severity: fail
with sample as (
    select scope.agency_key, scope.year_key, scope.form
    from ops.summary_scope as scope
    where scope.is_added
    order by scope.agency_key, scope.year_key
    limit 20
),
fact as (
    select sample.agency_key, sample.year_key, concept.concept_code, case when count(*) = count(fact.value) then sum(fact.value) end as value
    from sample
    inner join dw.bridge_concept_cell as bridge
        on bridge.form = sample.form
    inner join dw.dim_concept as concept using (concept_key)
    inner join dw.fact_cell as fact
        on fact.cell_key = bridge.cell_key
        and fact.agency_key = sample.agency_key
        and fact.year_key = sample.year_key
    where concept.concept_code in ('requests.received', 'requests.denied', 'reviews.total', 'normative_documents.in_force')
    group by sample.agency_key, sample.year_key, concept.concept_code
)
select fact.agency_key, fact.year_key, fact.concept_code, fact.value, found.value as found_value
from fact
inner join mart.agency_measure as measure using (agency_key, year_key)
cross join lateral (
    select case fact.concept_code
        when 'requests.received' then measure.requests_received
        when 'requests.denied' then measure.requests_denied
        when 'reviews.total' then measure.reviews_total
        when 'normative_documents.in_force' then measure.normative_documents_in_force
    end as value
) as found
where found.value is distinct from fact.value;
