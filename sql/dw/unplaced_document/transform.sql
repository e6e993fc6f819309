-- grain:  one staged report that cannot be given to an agency and year
-- keys:   document_key (unique)
-- source: stg.document, ops.pending_document, ops.pending_reference, dw.dim_division, dw.dim_year
-- rerun:  judges the staged documents again; the same documents give the same rows
delete from dw.unplaced_document
where document_key in (select document_key from ops.pending_document)
    or exists (
        select 1 from ops.pending_reference
        where object_name in ('dw.dim_division', 'dw.dim_year')
    );

insert into dw.unplaced_document (
    document_key, sha256, url, first_seen_at, title, agency_name, division_code, year, form, reason
)
with judged as (
    select
        document.*,
        case
            when document.outcome = 'refused' then document.refusal_code
            when document.review_reason is not null then document.review_reason
            when document.agency_body is null then 'agency.unnamed'
            when document.division_code is null then 'division.unknown'
            when not exists (
                select 1 from dw.dim_year as reporting_year where reporting_year.year_key = document.year
            ) then 'year.out_of_range'
            when not exists (
                select 1 from dw.dim_division as division
                where division.division_code = document.division_code
                    and division.valid_from <= make_date(document.year, 12, 31)
                    and division.valid_to > make_date(document.year, 12, 31)
            ) then 'division.not_in_force'
        end as reason
    from stg.document as document
    where (document.outcome = 'report' or document.refusal_code in ('report.no_year', 'report.year_unconfirmed'))
        and (
            document.document_key in (select document_key from ops.pending_document)
            or exists (
                select 1 from ops.pending_reference
                where object_name in ('dw.dim_division', 'dw.dim_year')
            )
        )
)
select
    judged.document_key, judged.sha256, judged.url, judged.first_seen_at, judged.title, judged.agency_name,
    judged.division_code, judged.year, judged.form, judged.reason
from judged
where judged.reason is not null;
