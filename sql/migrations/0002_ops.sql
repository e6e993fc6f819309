-- What the crawler did and found: runs, visits of sites, fetches, list items, captures.
-- The archive is the truth about documents; ops.capture mirrors it so that SQL can ask.

create table ops.run (
    run_id bigint generated always as identity primary key,
    pipeline text not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    outcome text not null default 'running'
        check (outcome in ('running', 'complete', 'partial', 'failed', 'interrupted')),
    reasons text[] not null default '{}',
    check ((outcome = 'running') = (finished_at is null))
);
create index run_by_pipeline on ops.run (pipeline, run_id desc);

comment on table ops.run is '采集批次：每行为一次流水线运行 · one row per run of a pipeline';
comment on column ops.run.run_id is '批次号 · number of the run';
comment on column ops.run.pipeline is '流水线名称 · name of the pipeline';
comment on column ops.run.started_at is '开始时间 · start';
comment on column ops.run.finished_at is '结束时间，运行中为空；中断的批次记为发现中断的时间 · end, null while running; for an interrupted run when that was found';
comment on column ops.run.outcome is '结果：运行中、完整、不完整、失败、中断 · running, complete, partial, failed, interrupted';
comment on column ops.run.reasons is '未达完整的原因 · why it is not complete';

create table ops.site_visit (
    run_id bigint not null references ops.run,
    site_code text not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    outcome text not null default 'running'
        check (outcome in ('running', 'complete', 'partial', 'failed', 'interrupted')),
    reasons text[] not null default '{}',
    listed integer not null default 0,
    reports integer not null default 0,
    skipped integer not null default 0,
    fetched integer not null default 0,
    unchanged integer not null default 0,
    failed integer not null default 0,
    captures integer not null default 0,
    primary key (run_id, site_code)
);

comment on table ops.site_visit is '站点访问：每行为一次批次中对一个站点的访问 · one row per site and run';
comment on column ops.site_visit.run_id is '批次号 · number of the run';
comment on column ops.site_visit.site_code is '站点代码（流水线内唯一） · code of the site within its pipeline';
comment on column ops.site_visit.started_at is '开始时间 · start';
comment on column ops.site_visit.finished_at is '结束时间 · end';
comment on column ops.site_visit.outcome is '结果；仅在证明完整后记为 complete · outcome; complete only when that is proven';
comment on column ops.site_visit.reasons is '未达完整的原因 · why it is not complete';
comment on column ops.site_visit.listed is '列表中的不同条目数 · distinct items in the lists';
comment on column ops.site_visit.reports is '其中判定为年报的条目数 · of these, taken as annual reports';
comment on column ops.site_visit.skipped is '其中不是年报的条目数 · of these, no annual reports';
comment on column ops.site_visit.fetched is '取得且内容为新的文档数 · documents fetched whose bytes are new';
comment on column ops.site_visit.unchanged is '内容未变的文档数 · documents unchanged since they were last seen';
comment on column ops.site_visit.failed is '未能取得的文档数 · documents that could not be fetched';
comment on column ops.site_visit.captures is '新增存档记录数 · captures added to the archive';

create table ops.fetch (
    fetch_id bigint generated always as identity primary key,
    run_id bigint not null references ops.run,
    pipeline text not null,
    site_code text not null,
    request text not null,
    purpose text not null check (purpose in ('list', 'page', 'attachment')),
    fetched_at timestamptz not null,
    outcome text not null check (outcome in ('fetched', 'unchanged', 'failed')),
    attempts integer not null,
    http_status integer,
    sha256 text,
    body_bytes bigint,
    media_type text,
    charset text,
    final_url text,
    etag text,
    last_modified timestamptz,
    fault_code text,
    fault_message text,
    check ((outcome = 'failed') = (fault_code is not null)),
    check ((outcome = 'failed') = (sha256 is null))
);
create index fetch_last_answer on ops.fetch (pipeline, site_code, request, fetch_id desc) where outcome <> 'failed';
create index fetch_by_run on ops.fetch (run_id, site_code);

comment on table ops.fetch is '抓取记录：每行为一次请求的最终结果（含重定向和重试） · one row per request, after its redirects and retries';
comment on column ops.fetch.fetch_id is '抓取序号 · number of the fetch';
comment on column ops.fetch.run_id is '批次号 · number of the run';
comment on column ops.fetch.pipeline is '流水线名称 · name of the pipeline';
comment on column ops.fetch.site_code is '站点代码 · code of the site';
comment on column ops.fetch.request is '请求地址，POST 请求后附表单 · address, with the form behind it for a POST';
comment on column ops.fetch.purpose is '用途：列表、正文页、附件 · list, page or attachment';
comment on column ops.fetch.fetched_at is '请求结束时间 · when the request ended';
comment on column ops.fetch.outcome is '结果：取得、未变、失败 · fetched, unchanged, failed';
comment on column ops.fetch.attempts is '发出的请求次数 · requests sent';
comment on column ops.fetch.http_status is '最后一次响应的状态码 · status of the last answer';
comment on column ops.fetch.sha256 is '正文的 SHA-256 · SHA-256 of the body';
comment on column ops.fetch.body_bytes is '正文字节数（解压后） · bytes of the body, decompressed';
comment on column ops.fetch.media_type is '服务器声明的类型 · media type as declared';
comment on column ops.fetch.charset is '服务器声明的字符集 · charset as declared';
comment on column ops.fetch.final_url is '重定向后的地址 · address after redirects';
comment on column ops.fetch.etag is '服务器给出的版本标记 · entity tag as sent';
comment on column ops.fetch.last_modified is '服务器给出的修改时间 · modification time as sent';
comment on column ops.fetch.fault_code is '失败代码 · stable name of the fault';
comment on column ops.fetch.fault_message is '失败说明 · where, what was expected, what was found';

create table ops.list_item (
    pipeline text not null,
    site_code text not null,
    url text not null,
    title text not null,
    listed_on date,
    decision text not null check (decision in ('report', 'skipped')),
    reason text,
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    last_run_id bigint not null references ops.run,
    primary key (pipeline, site_code, url),
    check ((decision = 'skipped') = (reason is not null))
);

comment on table ops.list_item is '列表条目：每行为站点列表中出现过的一个链接 · one row per link that a site''s lists have shown';
comment on column ops.list_item.pipeline is '流水线名称 · name of the pipeline';
comment on column ops.list_item.site_code is '站点代码 · code of the site';
comment on column ops.list_item.url is '链接地址 · address of the link';
comment on column ops.list_item.title is '列表所示标题 · title as listed';
comment on column ops.list_item.listed_on is '列表所示日期 · date as listed';
comment on column ops.list_item.decision is '判定：年报或跳过 · taken as a report, or skipped';
comment on column ops.list_item.reason is '跳过的原因 · why it is skipped';
comment on column ops.list_item.first_seen_at is '首次出现时间 · first seen';
comment on column ops.list_item.last_seen_at is '最近出现时间 · last seen';
comment on column ops.list_item.last_run_id is '最近出现的批次 · the run that last saw it';

create table ops.capture (
    sha256 text not null,
    url text not null,
    pipeline text not null,
    pipeline_hash text not null,
    site_code text not null,
    first_seen_at timestamptz not null,
    media_type text,
    charset text,
    file_name text,
    list_title text,
    list_date date,
    page_url text,
    division_code text,
    agency_name text,
    agency_kind text,
    primary key (sha256, url)
);
create index capture_in_order on ops.capture (first_seen_at, sha256, url);

comment on table ops.capture is '存档记录：每行为某地址曾给出某内容，与存档一致 · one row per body and address, mirroring the archive';
comment on column ops.capture.sha256 is '正文的 SHA-256 · SHA-256 of the body';
comment on column ops.capture.url is '地址 · address';
comment on column ops.capture.pipeline is '流水线名称 · name of the pipeline';
comment on column ops.capture.pipeline_hash is '当时流水线定义的哈希 · key of the pipeline as it then was';
comment on column ops.capture.site_code is '站点代码 · code of the site';
comment on column ops.capture.first_seen_at is '首次取得时间 · first seen';
comment on column ops.capture.media_type is '服务器声明的类型 · media type as declared';
comment on column ops.capture.charset is '服务器声明的字符集 · charset as declared';
comment on column ops.capture.file_name is '文件名 · file name';
comment on column ops.capture.list_title is '列表所示标题 · title as listed';
comment on column ops.capture.list_date is '列表所示日期 · date as listed';
comment on column ops.capture.page_url is '附件所在页面 · page that links an attachment';
comment on column ops.capture.division_code is '站点所属区划代码 · division of the site';
comment on column ops.capture.agency_name is '站点的唯一机构 · the only agency of the site';
comment on column ops.capture.agency_kind is '该机构的类别 · its kind';
