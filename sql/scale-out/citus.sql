-- What turns the warehouse into a distributed one: run once as etl_owner on the coordinator, after create extension citus and
-- citus_set_coordinator_host, over a migrated warehouse, empty or filled. docs/scale-out.md says when and how.
-- distributed: by agency_key, so that all facts of an agency stand on one node and join there
-- reference:   dimensions and links, whole on every node
-- local:       mart.division_total; and all of ops and stg: on the coordinator alone, where the transform writes
-- Referred tables before those that refer to them. Foreign keys stand between dimensions only.
select create_reference_table('dw.dim_year');
select create_reference_table('dw.dim_division');
select create_reference_table('dw.dim_agency_kind');
select create_reference_table('dw.dim_agency');
select create_reference_table('dw.dim_cell');
select create_reference_table('dw.dim_check');
select create_reference_table('dw.dim_concept');
select create_reference_table('dw.dim_measure');
select create_reference_table('dw.dim_document');
select create_reference_table('dw.bridge_concept_cell');
select create_reference_table('dw.division_link');
select create_reference_table('dw.agency_link');
select create_reference_table('dw.expected_agency');
select create_reference_table('dw.document_capture');
select create_reference_table('dw.report_period');
select create_reference_table('dw.unplaced_document');
select create_reference_table('dw.document_witness');

-- 32 shards spread over up to 32 nodes; each has its own partitions by year.
select create_distributed_table('dw.fact_cell', 'agency_key', shard_count => 32);
select create_distributed_table('dw.fact_check', 'agency_key', colocate_with => 'dw.fact_cell');
select create_distributed_table('dw.fact_narrative', 'agency_key', colocate_with => 'dw.fact_cell');
select create_distributed_table('mart.agency_measure', 'agency_key', colocate_with => 'dw.fact_cell');
