-- Nights: which slot of a pipeline's schedule became which run, and the tasks it falls into. This state is the truth about what is still
-- to be done; a job engine only wakes somebody to look at it, so that a wake-up lost or given twice changes nothing.

create table ops.schedule (
    pipeline text primary key,
    planned_until timestamptz not null
);

comment on table ops.schedule is '排期进度：每个流水线一行 · one row per scheduled pipeline';
comment on column ops.schedule.pipeline is '流水线名称 · pipeline';
comment on column ops.schedule.planned_until is '此时刻之前的排期均已安排 · slots up to here have their nights';

create table ops.night (
    night_id bigint generated always as identity primary key,
    pipeline text not null,
    due_at timestamptz not null,
    state text not null default 'due'
        check (state in ('due', 'running', 'complete', 'partial', 'failed', 'skipped')),
    run_id bigint references ops.run,
    started_at timestamptz,
    finished_at timestamptz,
    reasons text[] not null default '{}',
    unique (pipeline, due_at),
    check ((state in ('complete', 'partial', 'failed', 'skipped')) = (finished_at is not null))
);
-- Two nights of a pipeline never run beside each other, whoever starts them.
create unique index night_under_way on ops.night (pipeline) where state = 'running';

comment on table ops.night is '夜间任务：每行为一个流水线的一个排期时刻 · one row per pipeline and slot of its schedule';
comment on column ops.night.night_id is '序号 · number of the night';
comment on column ops.night.pipeline is '流水线名称 · pipeline';
comment on column ops.night.due_at is '排期时刻 · when it was due';
comment on column ops.night.state is '状态：待办、运行中、完整、不完整、失败、跳过 · due, running, complete, partial, failed, skipped';
comment on column ops.night.run_id is '所产生的批次 · its run';
comment on column ops.night.started_at is '开始时间 · start';
comment on column ops.night.finished_at is '结束时间 · end';
comment on column ops.night.reasons is '未达完整或跳过的原因 · why it is not complete, or was skipped';

create table ops.night_task (
    night_id bigint not null references ops.night on delete cascade,
    kind text not null check (kind in ('crawl', 'transform')),
    site_code text not null default '',
    state text not null check (state in ('waiting', 'ready', 'running', 'done')),
    attempts integer not null default 0,
    not_before timestamptz not null,
    node text,
    started_at timestamptz,
    finished_at timestamptz,
    outcome text check (outcome in ('complete', 'partial', 'failed')),
    reasons text[] not null default '{}',
    primary key (night_id, kind, site_code),
    check ((kind = 'crawl') = (site_code <> '')),
    check ((state = 'done') = (outcome is not null))
);
create index night_task_open on ops.night_task (not_before) where state in ('ready', 'running');

comment on table ops.night_task is '夜间任务的各项工作：每个站点的采集，以及其后的入库转换 · what a night falls into: one crawl per site, then the transform';
comment on column ops.night_task.night_id is '所属夜间任务 · the night';
comment on column ops.night_task.kind is '种类：采集、转换 · crawl or transform';
comment on column ops.night_task.site_code is '站点代码；转换为空串 · site, empty for the transform';
comment on column ops.night_task.state is '状态：等候前项、可做、进行中、已完成 · waiting for others, ready, running, done';
comment on column ops.night_task.attempts is '已尝试次数，兼作执行凭证 · attempts so far; the number of the attempt is its fencing token';
comment on column ops.night_task.not_before is '不早于此时刻 · not to be taken before';
comment on column ops.night_task.node is '最近执行的节点 · node that took it last';
comment on column ops.night_task.started_at is '最近一次开始 · start of the newest attempt';
comment on column ops.night_task.finished_at is '完成时间 · end';
comment on column ops.night_task.outcome is '结果 · outcome';
comment on column ops.night_task.reasons is '未达完整的原因 · why it is not complete';
