-- grain:  one section of one current report, one other report: last year's of the agency, or a neighbour's of the same year
-- keys:   agency_code, year, section_code, compared_with, other_agency_code (unique)
-- source: dw.dim_document, dw.dim_agency, dw.dim_division; sketches of the prose from staging
-- Neighbours are agencies of the same kind and level in the same prefecture (prefectures: in the same province). Sections of fewer
-- than 60 runs of characters are too short to tell copying from stock phrases and are left out; figures are ignored, so that last
-- year's text with new numbers is last year's text. Filters on agency_code, year and division_code reach the tables below.
create view mart.prose_similarity as
-- Not materialized, so that a query's filters reach the tables below each use.
with section as not materialized (
    select
        agency.agency_code, agency.agency_name, agency.agency_kind, agency.level, division.province, division.prefecture,
        division.county, division.division_code, document.year_key, document.document_key, document.url, document.sha256,
        prose.section_code, prose.title, prose.shingles, prose.sketch
    from dw.dim_document as document
    inner join dw.dim_agency as agency using (agency_key)
    inner join dw.dim_division as division using (division_key)
    inner join stg.section as prose using (document_key)
    where document.is_current
        and prose.shingles >= 60
),
pair as (
    select
        section.*, 'last_year' as compared_with, other.agency_code as other_agency_code, other.agency_name as other_agency_name,
        other.year_key as other_year, other.url as other_url, other.sha256 as other_sha256,
        other.shingles as other_shingles, other.sketch as other_sketch
    from section
    inner join section as other
        on other.agency_code = section.agency_code
        and other.section_code = section.section_code
        and other.year_key = section.year_key - 1
    union all
    select
        section.*, 'neighbour', other.agency_code, other.agency_name,
        other.year_key, other.url, other.sha256, other.shingles, other.sketch
    from section
    inner join section as other
        on other.year_key = section.year_key
        and other.section_code = section.section_code
        and other.agency_kind = section.agency_kind
        and other.level = section.level
        and other.province = section.province
        and other.agency_code <> section.agency_code
        and (section.level <> 'county' or other.prefecture is not distinct from section.prefecture)
),
measured as (
    select
        pair.*,
        mart.sketch_similarity(pair.sketch, pair.shingles, pair.other_sketch, pair.other_shingles) as share
    from pair
)
select
    measured.agency_code,
    measured.agency_name,
    measured.agency_kind,
    measured.level,
    measured.province,
    measured.prefecture,
    measured.county,
    measured.division_code,
    measured.year_key as year,
    measured.section_code,
    measured.title as section_title,
    measured.compared_with,
    measured.other_agency_code,
    measured.other_agency_name,
    measured.other_year,
    round(100 * measured.share, 1) as shared_pct,
    measured.share > 0.5 as is_duplicate,
    measured.shingles,
    measured.url as report_url,
    measured.sha256,
    measured.other_url,
    measured.other_sha256
from measured;

comment on view mart.prose_similarity is '正文重复：与本机关上年、与同类邻近机关当年各部分正文的重复比例，超过 50% 标记 / prose that stands in the agency''s report of last year or in a neighbour''s of the same year; more than half is flagged';
comment on column mart.prose_similarity.agency_code is '机关代码 / agency code';
comment on column mart.prose_similarity.agency_name is '机关名称 / agency';
comment on column mart.prose_similarity.agency_kind is '机关类别 / peer group';
comment on column mart.prose_similarity.level is '级别 / level';
comment on column mart.prose_similarity.province is '省 / province';
comment on column mart.prose_similarity.prefecture is '地 / prefecture';
comment on column mart.prose_similarity.county is '县 / county';
comment on column mart.prose_similarity.division_code is '行政区划代码 / division code';
comment on column mart.prose_similarity.year is '报告年度 / reporting year';
comment on column mart.prose_similarity.section_code is '部分代码 / section of the form';
comment on column mart.prose_similarity.section_title is '小标题 / heading';
comment on column mart.prose_similarity.compared_with is '比较对象：last_year 本机关上年，neighbour 同类邻近机关当年 / last_year or neighbour';
comment on column mart.prose_similarity.other_agency_code is '对方机关代码 / agency compared with';
comment on column mart.prose_similarity.other_agency_name is '对方机关名称 / name of the agency compared with';
comment on column mart.prose_similarity.other_year is '对方报告年度 / year compared with';
comment on column mart.prose_similarity.shared_pct is '本篇内容见于对方的比例（%，估计，标准误不超过约 5 个百分点） / share of this text that stands in the other, estimated; standard error about 5 points at most';
comment on column mart.prose_similarity.is_duplicate is '是否超过 50% / more than half';
comment on column mart.prose_similarity.shingles is '本篇不同连续片段数 / distinct runs of characters of this text';
comment on column mart.prose_similarity.report_url is '年报地址 / address of the report';
comment on column mart.prose_similarity.sha256 is '归档文件的 SHA-256 / SHA-256 of the archived bytes';
comment on column mart.prose_similarity.other_url is '对方年报地址 / address of the other report';
comment on column mart.prose_similarity.other_sha256 is '对方归档文件的 SHA-256 / SHA-256 of the other report';
