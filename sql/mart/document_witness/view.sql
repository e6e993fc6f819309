-- grain:  one place that says whose report on which year a document is
-- keys:   sha256, position (unique)
-- source: dw.document_witness, dw.dim_document, dw.dim_agency, dw.unplaced_document
create view mart.document_witness as
select
    coalesce(document.sha256, unplaced.sha256) as sha256,
    witness.position,
    witness.witness,
    case witness.witness
        when 'settled' then '人工认定'
        when 'title' then '标题'
        when 'list.title' then '列表标题'
        when 'period' then '统计期限'
        when 'signature' then '落款'
        when 'publisher' then '发布机构'
        when 'meta.title' then '网页元数据标题'
        when 'meta.source' then '网页元数据来源'
        when 'meta.site' then '网页元数据站点'
        when 'meta.date' then '网页元数据日期'
        when 'url.date' then '网址中的日期'
        when 'list.date' then '列表日期'
        when 'host' then '网站域名'
        when 'site' then '所在站点'
    end as witness_zh,
    witness.said,
    witness.agency_name as said_agency,
    witness.division_code as said_division_code,
    witness.year as said_year,
    witness.agrees,
    agency.agency_name,
    document.year_key as year,
    unplaced.reason as review_reason,
    coalesce(document.url, unplaced.url) as report_url
from dw.document_witness as witness
left join dw.dim_document as document using (document_key)
left join dw.dim_agency as agency using (agency_key)
left join dw.unplaced_document as unplaced
    on unplaced.document_key = witness.document_key
-- Other files of a revision that stands already say the same once more.
where coalesce(document.sha256, unplaced.sha256) is not null;

comment on view mart.document_witness is '每份年报归属的依据：各处怎么说，是否一致 / who says whose report on which year each is, and whether they agree';
comment on column mart.document_witness.sha256 is '归档文件的 SHA-256 / SHA-256 of the archived bytes';
comment on column mart.document_witness.position is '文件内序号，从 1 起 / order within the document, from 1';
comment on column mart.document_witness.witness is '出处代码 / where it is said';
comment on column mart.document_witness.witness_zh is '出处 / where it is said, in Chinese';
comment on column mart.document_witness.said is '原文 / as printed';
comment on column mart.document_witness.said_agency is '其中的机关名称 / agency named in it';
comment on column mart.document_witness.said_division_code is '所指区划代码 / division it stands for';
comment on column mart.document_witness.said_year is '所指报告年度 / reporting year it stands for';
comment on column mart.document_witness.agrees is '与认定的归属是否一致；无法比较为空 / whether it agrees with what was decided; null where they cannot be compared';
comment on column mart.document_witness.agency_name is '认定的机关；待认定则为空 / agency it was given to; null while unplaced';
comment on column mart.document_witness.year is '认定的报告年度；待认定则为空 / reporting year it was given to; null while unplaced';
comment on column mart.document_witness.review_reason is '待认定的原因代码；已归位则为空 / why it is unplaced; null when it is placed';
comment on column mart.document_witness.report_url is '年报地址 / address of the report';
