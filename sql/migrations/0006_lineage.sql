-- Which divisions and agencies took over from which others, and when. Small, so they are replicated like all dimensions.

create table dw.division_link (
    division_key bigint not null references dw.dim_division,
    successor_key bigint not null references dw.dim_division,
    changed_on date not null,
    kind text not null check (kind in ('renamed', 'recoded', 'merged', 'split', 'ceded')),
    primary key (division_key, successor_key, changed_on)
);

create index division_link_successor_key on dw.division_link (successor_key);

comment on table dw.division_link is '行政区划的一次沿革 / one step of a division''s history: what took over from it';
comment on column dw.division_link.division_key is '原区划 / version that ended, or that ceded a part';
comment on column dw.division_link.successor_key is '承接的区划 / version that took over';
comment on column dw.division_link.changed_on is '首个按新区划统计的年末 / the first year''s end that shows the change';
comment on column dw.division_link.kind is '方式：renamed 更名，recoded 换码，merged 并入或合并，split 拆分，ceded 划出一部分（原区划仍在） / how it took over; ceded: a part only, the division goes on';

comment on column dw.dim_division.successor_code is '唯一的承接区划代码；拆分或仍在用为空 / the only code that took over; null when split or in force';
comment on column dw.dim_division.successor_codes is '撤销时的全部承接区划代码 / all codes that took over when it ended';

alter table dw.dim_agency_kind
    add column names text[] not null default '{}',
    add column former_names text[] not null default '{}',
    add column partly_former_names text[] not null default '{}';

comment on column dw.dim_agency_kind.names is '现用机关名称的结尾 / endings of present agencies'' names';
comment on column dw.dim_agency_kind.former_names is '整体并入本类的原机关名称的结尾 / endings of bodies that became part of this kind';
comment on column dw.dim_agency_kind.partly_former_names is '仅部分职能并入本类的原机关名称的结尾 / endings of bodies of which only a part did';

-- From the register of agencies, as it is written there.
create table stg.agency_link (
    agency_code text not null,
    successor_code text not null,
    from_date date not null,
    kind text not null check (kind in ('renamed', 'merged', 'split')),
    primary key (agency_code, successor_code)
);

comment on table stg.agency_link is '登记的机关沿革 / successions of agencies as registered';
comment on column stg.agency_link.agency_code is '原机关代码 / agency that ended';
comment on column stg.agency_link.successor_code is '承接机关代码 / agency that took over';
comment on column stg.agency_link.from_date is '承接之日 / day from which it did';
comment on column stg.agency_link.kind is '方式：renamed 更名，merged 并入，split 拆分 / how';

create table dw.agency_link (
    agency_code text not null,
    successor_code text not null,
    from_date date not null,
    kind text not null check (kind in ('renamed', 'recoded', 'merged', 'split')),
    basis text not null check (basis in ('register', 'division', 'former_name')),
    primary key (agency_code, successor_code),
    check (agency_code <> successor_code)
);

comment on table dw.agency_link is '机关的一次沿革 / one step of an agency''s history: what took over from it';
comment on column dw.agency_link.agency_code is '原机关代码 / agency that ended';
comment on column dw.agency_link.successor_code is '承接机关代码 / agency that took over';
comment on column dw.agency_link.from_date is '承接之日；推导所得为首个按新机关统计的年末 / day from which it did; where derived, the first year''s end that shows it';
comment on column dw.agency_link.kind is '方式：renamed 更名，recoded 区划换码，merged 合并，split 拆分 / how it took over';
comment on column dw.agency_link.basis is '依据：register 登记，division 由区划沿革推导，former_name 由原机关名称推导 / what says so';
