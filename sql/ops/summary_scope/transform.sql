-- grain:  one side (what comes, what goes) of one agency-year that the summaries have to follow
-- keys:   is_added, agency_key, year_key (unique)
-- source: ops.changed_report, ops.placed_document, ops.pending_reference, dw.dim_division
-- before: dw.dim_agency
-- rerun:  emptied and filled again; empty when nothing changed
truncate ops.summary_scope;

-- When divisions or concepts change their meaning the summaries are made anew: every current report comes, none goes.
insert into ops.summary_scope (
    is_added, agency_key, year_key, document_key, form, division_code, agency_level, agency_kind
)
select
    true, placed.agency_key, placed.year_key, placed.document_key, placed.form,
    division.division_code, placed.level, coalesce(placed.agency_kind, 'unclassified')
from ops.placed_document as placed
inner join dw.dim_division as division using (division_key)
left join ops.changed_report as changed
    on changed.agency_key = placed.agency_key
    and changed.year_key = placed.year_key
where placed.is_current
    and (
        changed.agency_key is not null
        or exists (
            select 1 from ops.pending_reference
            where object_name in ('dw.dim_division', 'dw.bridge_concept_cell')
        )
    )
union all
select
    false, changed.previous_agency_key, changed.year_key, changed.previous_document_key, changed.previous_form,
    division.division_code, agency.level, coalesce(agency.agency_kind, 'unclassified')
from ops.changed_report as changed
inner join dw.dim_agency as agency
    on agency.agency_key = changed.previous_agency_key
inner join dw.dim_division as division
    on division.division_key = agency.division_key
where not exists (
    select 1 from ops.pending_reference
    where object_name in ('dw.dim_division', 'dw.bridge_concept_cell')
);

analyze ops.summary_scope;
