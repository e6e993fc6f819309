-- Rows that a report may print in place of others of its form have cells of their own, which few reports have.

alter table dw.dim_cell add column is_optional boolean not null default false;

comment on column dw.dim_cell.is_optional is '仅部分年报印有、用以代替其他单元格 / true where only some reports print it, in place of other cells';
