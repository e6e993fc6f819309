-- grain:  one agency, one reporting year, one cell of the report that was its current one at a moment
-- keys:   agency_code, year, cell_code (unique)
-- source: dw.cell_period
-- params: as_of: a moment; what was captured at it or before counts
-- Columns and values are those that mart.cell had then. Registers and reader are today's: a document that is read better now, or a
-- division that was registered later, shows so at every moment.
create function dw.cell_as_of(as_of timestamptz)
returns table (
    agency_name text,
    agency_kind text,
    level text,
    province text,
    prefecture text,
    county text,
    division_code text,
    year smallint,
    form text,
    cell_code text,
    concept_code text,
    cell_label text,
    unit text,
    value numeric,
    state dw.cell_state,
    report_url text,
    published_on date,
    sha256 text,
    locator text,
    raw text,
    agency_code text,
    is_total boolean,
    additive_group text
)
language sql stable parallel safe
as $$
select
    cell.agency_name, cell.agency_kind, cell.level, cell.province, cell.prefecture, cell.county, cell.division_code,
    cell.year, cell.form, cell.cell_code, cell.concept_code, cell.cell_label, cell.unit, cell.value, cell.state,
    cell.report_url, cell.published_on, cell.sha256, cell.locator, cell.raw, cell.agency_code,
    cell.is_total, cell.additive_group
from dw.cell_period as cell
where cell.known_from <= as_of
    and cell.known_to > as_of
$$;

comment on function dw.cell_as_of(timestamptz) is '某一时刻所知的全部单元格，列同 mart.cell / all cells as they were known at a moment, in the columns of mart.cell';
