-- grain:  one place that says whose report on which year a document is
-- keys:   document_key, position (unique)
-- source: stg.witness, ops.pending_document
-- rerun:  writes the witnesses of the pending documents that differ, so a second run changes nothing
delete from dw.document_witness as standing
using ops.pending_document as pending
where standing.document_key = pending.document_key
    and not exists (
        select 1
        from stg.witness as said
        where said.document_key = standing.document_key
            and said.position = standing.position
            and (said.witness, said.said, said.agency_name, said.division_code, said.year, said.agrees)
                is not distinct from
                (standing.witness, standing.said, standing.agency_name, standing.division_code, standing.year, standing.agrees)
    );

insert into dw.document_witness (
    document_key, position, witness, said, agency_name, division_code, year, agrees
)
select
    said.document_key, said.position, said.witness, said.said, said.agency_name, said.division_code, said.year, said.agrees
from ops.pending_document as pending
inner join stg.witness as said using (document_key)
on conflict (document_key, position) do nothing;
