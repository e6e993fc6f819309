-- grain:  one current report
-- keys:   agency_key, year_key (unique)
-- source: ops.summary_scope, ops.pending_reference, stg.report_reading, stg.reading_layout,
-- source: dw.bridge_concept_cell, dw.dim_concept, dw.dim_cell
-- rerun:  replaces the changed reports' rows, so a second run changes nothing
delete from mart.agency_measure
where exists (
    select 1 from ops.pending_reference
    where object_name in ('dw.dim_division', 'dw.bridge_concept_cell')
);

delete from mart.agency_measure as measure
using ops.summary_scope as scope
where scope.agency_key = measure.agency_key
    and scope.year_key = measure.year_key;

insert into mart.agency_measure (
    agency_key, year_key, document_key, form,
    requests_received, requests_carried_over, requests_granted, requests_partly_granted, requests_denied,
    requests_unavailable, requests_not_processed, requests_other, requests_handled, requests_carried_forward,
    reviews_upheld, reviews_corrected, reviews_other, reviews_pending, reviews_total, litigation_upheld,
    litigation_corrected, litigation_other, litigation_pending, litigation_total, regulations_issued,
    regulations_repealed, regulations_in_force, normative_documents_issued, normative_documents_repealed,
    normative_documents_in_force, licenses_decisions, penalties_decisions, coercion_decisions,
    administrative_fees_amount, proactive_total
)
-- Which places of a reading's arrays make up a concept.
with concept_place as materialized (
    select layout.layout_key, coded.place, concept.concept_code
    from stg.reading_layout as layout
    cross join lateral unnest(layout.cell_codes) with ordinality as coded (cell_code, place)
    inner join dw.dim_cell as cell
        on cell.form = layout.form
        and cell.cell_code = coded.cell_code
    inner join dw.bridge_concept_cell as bridge using (cell_key)
    inner join dw.dim_concept as concept using (concept_key)
),
summed as (
    select
        printed.agency_key, printed.year_key, printed.document_key, printed.form, concept_place.concept_code,
        -- A sum over missing cells would count them as zero.
        case when count(*) = count(printed.value) then trim_scale(sum(printed.value)) end as value
    from (
        select scope.agency_key, scope.year_key, scope.document_key, scope.form, reading.layout_key, cell.value, cell.place
        from ops.summary_scope as scope
        inner join stg.report_reading as reading using (document_key)
        cross join lateral unnest(reading.cell_values) with ordinality as cell (value, place)
        where scope.is_added
        -- Once a report, not once a report and concept: a stored array is unpacked whole.
        offset 0
    ) as printed
    inner join concept_place using (layout_key, place)
    group by printed.agency_key, printed.year_key, printed.document_key, printed.form, concept_place.concept_code
    union all
    -- A report without any concept has its row, too.
    select scope.agency_key, scope.year_key, scope.document_key, scope.form, null, null
    from ops.summary_scope as scope
    where scope.is_added
)
select
    summed.agency_key, summed.year_key, summed.document_key, summed.form,
    max(summed.value) filter (where summed.concept_code = 'requests.received'),
    max(summed.value) filter (where summed.concept_code = 'requests.carried_over'),
    max(summed.value) filter (where summed.concept_code = 'requests.granted'),
    max(summed.value) filter (where summed.concept_code = 'requests.partly_granted'),
    max(summed.value) filter (where summed.concept_code = 'requests.denied'),
    max(summed.value) filter (where summed.concept_code = 'requests.unavailable'),
    max(summed.value) filter (where summed.concept_code = 'requests.not_processed'),
    max(summed.value) filter (where summed.concept_code = 'requests.other'),
    max(summed.value) filter (where summed.concept_code = 'requests.handled'),
    max(summed.value) filter (where summed.concept_code = 'requests.carried_forward'),
    max(summed.value) filter (where summed.concept_code = 'reviews.upheld'),
    max(summed.value) filter (where summed.concept_code = 'reviews.corrected'),
    max(summed.value) filter (where summed.concept_code = 'reviews.other'),
    max(summed.value) filter (where summed.concept_code = 'reviews.pending'),
    max(summed.value) filter (where summed.concept_code = 'reviews.total'),
    max(summed.value) filter (where summed.concept_code = 'litigation.upheld'),
    max(summed.value) filter (where summed.concept_code = 'litigation.corrected'),
    max(summed.value) filter (where summed.concept_code = 'litigation.other'),
    max(summed.value) filter (where summed.concept_code = 'litigation.pending'),
    max(summed.value) filter (where summed.concept_code = 'litigation.total'),
    max(summed.value) filter (where summed.concept_code = 'regulations.issued'),
    max(summed.value) filter (where summed.concept_code = 'regulations.repealed'),
    max(summed.value) filter (where summed.concept_code = 'regulations.in_force'),
    max(summed.value) filter (where summed.concept_code = 'normative_documents.issued'),
    max(summed.value) filter (where summed.concept_code = 'normative_documents.repealed'),
    max(summed.value) filter (where summed.concept_code = 'normative_documents.in_force'),
    max(summed.value) filter (where summed.concept_code = 'licenses.decisions'),
    max(summed.value) filter (where summed.concept_code = 'penalties.decisions'),
    max(summed.value) filter (where summed.concept_code = 'coercion.decisions'),
    max(summed.value) filter (where summed.concept_code = 'administrative_fees.amount'),
    max(summed.value) filter (where summed.concept_code = 'proactive.total')
from summed
group by summed.agency_key, summed.year_key, summed.document_key, summed.form;
