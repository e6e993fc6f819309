-- Sums are looked up one cell at a time. A packed array is unpacked whole for each look, so these stand unpacked beside their keys: with
-- the cells of the largest form a row takes some five of the eight kilobytes that fit a page. Rows that stand are stored so when they next change.
alter table mart.division_total alter column n_reports set storage external;
alter table mart.division_total alter column n_reported set storage external;
alter table mart.division_total alter column n_nonzero set storage external;
alter table mart.division_total alter column value_sum set storage external;
alter table mart.division_total set (toast_tuple_target = 8160);
