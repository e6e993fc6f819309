-- grain:  one staged report that cannot be given to an agency and year
-- keys:   sha256 (unique)
-- source: dw.unplaced_document, dw.document_witness
create view mart.unplaced as
select
    document.title,
    document.agency_name,
    document.division_code,
    document.year,
    document.form,
    document.reason,
    case document.reason
        when 'agency.unnamed' then '标题中没有机关名称，其他处也不足以认定'
        when 'agency.is_place' then '标题只有地名，没有机关名称'
        when 'agency.contradicted' then '标题、落款、列表等处的机关不一致'
        when 'division.unknown' then '机关所在地不明'
        when 'division.ambiguous' then '多地同名，无法确定是哪一个'
        when 'division.contradicted' then '机关所在地与站点所在地不一致'
        when 'division.not_in_force' then '地名或区划代码在报告年度末无效'
        when 'division.zone' then '开发区等没有区划代码，请在流水线 divisions 中登记'
        when 'year.contradicted' then '标题、列表、统计期限、日期所示年度不一致'
        when 'year.out_of_range' then '报告年度超出范围'
        when 'report.no_year' then '没有报告年度'
        when 'report.year_unconfirmed' then '扫描件的报告年度无法确认'
        when 'site.foreign' then '不是政府网站，也不在流水线所列网站之中'
    end as reason_zh,
    said.witnesses,
    document.url as report_url,
    document.first_seen_at,
    document.sha256
from dw.unplaced_document as document
left join lateral (
    select string_agg(witness.witness || ': ' || witness.said, '; ' order by witness.position) as witnesses
    from dw.document_witness as witness
    where witness.document_key = document.document_key
) as said on true;

comment on view mart.unplaced is '无法归入机关与年度、须由人认定的年报 / reports that cannot be given to an agency and year and wait for a person';
comment on column mart.unplaced.title is '标题 / title';
comment on column mart.unplaced.agency_name is '标题中的机关名称 / agency as printed';
comment on column mart.unplaced.division_code is '行政区划代码 / division code';
comment on column mart.unplaced.year is '报告年度 / reporting year';
comment on column mart.unplaced.form is '报告格式 / form';
comment on column mart.unplaced.reason is '原因代码 / named reason';
comment on column mart.unplaced.reason_zh is '原因 / reason in Chinese';
comment on column mart.unplaced.witnesses is '各处的说法 / who said what';
comment on column mart.unplaced.report_url is '年报地址 / address of the report';
comment on column mart.unplaced.first_seen_at is '首次取得时间（UTC） / time of the first capture (UTC)';
comment on column mart.unplaced.sha256 is '归档文件的 SHA-256，用于 ./etl place / SHA-256 of the archived bytes, for ./etl place';
