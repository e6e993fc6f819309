-- Reports that a site's lists showed before and show no more: named with the visit that missed them. What was captured
-- of them stays, and with it every fact.
alter table ops.site_visit add column vanished text[] not null default '{}';

comment on column ops.site_visit.vanished is '以前列出、本次未再列出的年报地址；已存档内容不受影响 · addresses of reports listed before and not any more; what was captured stays';
