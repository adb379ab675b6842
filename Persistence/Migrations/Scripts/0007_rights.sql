-- What the application's role may do. It owns nothing.

grant select on cluster_identity, OrleansQuery, vault_placement to backuponline_app;
grant select, insert, update, delete on cluster_version, cluster_member, reminder, orleans_state, grain_state, arrival, listing to backuponline_app;
grant select, insert, delete on outbox to backuponline_app;
grant select, insert on audit_entry to backuponline_app;
