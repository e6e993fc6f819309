-- What was sent and answered for each fetch, hosts that are left alone, and when a line of a list became another.
-- The archive's fetches/ are the truth about the first.

alter table ops.fetch add column hops jsonb not null default '[]';

comment on column ops.fetch.hops is '为该次抓取发出的每个请求及其应答的头部、地址、时间、证书核验（含重定向与重试） · every request sent for it and the head of its answer: headers, address, time, certificate; with redirects and retries';

alter table ops.list_item add column changed_at timestamptz;

comment on column ops.list_item.changed_at is '列表所示标题或日期最近一次变动的时间，从未变动为空 · when its title or date as listed last changed; null for never';

create table ops.host_rest (
    host text not null,
    run_id bigint not null references ops.run,
    closed_at timestamptz not null,
    rests_until timestamptz not null,
    fault_code text not null,
    fault_message text not null,
    primary key (host, closed_at),
    check (rests_until > closed_at)
);

comment on table ops.host_rest is '停访主机：每行为某主机在某夜以验证、封禁或空白应答拒绝抓取，当夜不再访问 · one row per host and night in which it met the crawler with a wall, so that it is left alone until the night ends';
comment on column ops.host_rest.host is '主机名 · name of the host';
comment on column ops.host_rest.run_id is '遇到拒绝的批次 · the run that met the wall';
comment on column ops.host_rest.closed_at is '遇到拒绝的时间 · when it met it';
comment on column ops.host_rest.rests_until is '恢复访问的时间 · when the host may be asked again';
comment on column ops.host_rest.fault_code is '拒绝的种类 · stable name of the wall';
comment on column ops.host_rest.fault_message is '说明 · where, what was expected, what was found';
