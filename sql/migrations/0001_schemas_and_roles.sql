-- Schemas by layer, roles by reader. Roles belong to the whole server: several warehouses on one server share them.
-- etl_owner owns every object (later migrations run as it), etl_writer fills them, analyst reads dw and mart,
-- dashboard reads mart. None can log in; whoever runs the server gives a login or grants the role to one.
do $$
declare
    wanted text;
begin
    foreach wanted in array array['etl_owner', 'etl_writer', 'analyst', 'dashboard'] loop
        begin
            if not exists (select from pg_catalog.pg_roles where rolname = wanted) then
                begin
                    execute format('create role %I nologin', wanted);
                exception
                    -- Another warehouse on this server was migrated at the same moment.
                    when duplicate_object or unique_violation then null;
                end;
            end if;
            -- So that the database's owner can act as the role; a superuser can anyway.
            if not pg_has_role(current_user, wanted, 'member') then
                execute format('grant %I to %I', wanted, current_user);
            end if;
        exception
            when insufficient_privilege then
                raise insufficient_privilege using
                    message = format('expected a role %s that %s belongs to or may create, found none', wanted, current_user),
                    hint = format('as a superuser run: create role %I nologin; grant %I to %I', wanted, wanted, current_user);
        end;
    end loop;
    -- A public schema that everybody may write to would let an analyst shadow names.
    revoke create on schema public from public;
    execute format('grant connect, temporary on database %I to etl_owner, etl_writer', current_database());
    execute format('grant connect on database %I to analyst, dashboard', current_database());
end
$$;

-- The runner made ops for its own record.
alter schema ops owner to etl_owner;
create schema stg authorization etl_owner;
create schema dw authorization etl_owner;
create schema mart authorization etl_owner;

comment on schema ops is '运行状态：批次、站点访问、文档、迁移 · state of work: runs, site visits, documents, migrations';
comment on schema stg is '暂存层：每份文档每次读出的原样数据 · staging: every reading of every document as it was read';
comment on schema dw is '数据仓库：维度表与事实表 · warehouse: dimensions and facts';
comment on schema mart is '数据集市：供查询与图表使用 · marts: what people query';

grant usage on schema ops, stg, dw, mart to etl_owner, etl_writer;
grant usage on schema dw, mart to analyst;
grant usage on schema mart to dashboard;

-- What etl_owner creates later is granted here once; a migration need not repeat it.
alter default privileges for role etl_owner in schema ops, stg, dw, mart
    grant select, insert, update, delete, truncate on tables to etl_writer;
alter default privileges for role etl_owner in schema ops, stg, dw, mart
    grant usage, select on sequences to etl_writer;
alter default privileges for role etl_owner in schema dw, mart grant select on tables to analyst;
alter default privileges for role etl_owner in schema mart grant select on tables to dashboard;
