-- A claim changes no column of an index: with room in the page the new version lies beside the old one, and no index is written.
alter table schedule set (fillfactor = 50);

comment on column schedule.ready_at is 'When the row may be claimed, unless a lease lasts longer: its due instant or the end of a back-off.';
