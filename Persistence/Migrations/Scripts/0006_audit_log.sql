-- The log: numbered and hashed entries, for ever. The owner's role made it; the application may read and append, and nobody may change it.

create table audit_entry (
    scope text collate "C" not null,
    number bigint not null check (number > 0),
    grain_id text collate "C" not null,
    version bigint not null,
    ordinal integer not null,
    at timestamptz not null,
    event text not null,
    actor text not null,
    subject text not null,
    address text,
    details jsonb not null,
    previous_hash text not null check (previous_hash ~ '^[0-9a-f]{64}$'),
    hash text not null check (hash ~ '^[0-9a-f]{64}$'),
    primary key (scope, number),
    unique (grain_id, version, ordinal)
);

create function audit_entry_refuse() returns trigger language plpgsql as $body$
begin
    raise exception 'audit_entry is append-only: % is refused', tg_op using errcode = 'insufficient_privilege';
end
$body$;

create trigger audit_entry_append_only before update or delete or truncate on audit_entry
for each statement execute function audit_entry_refuse();

-- Always: also for a session that plays the replica.
alter table audit_entry enable always trigger audit_entry_append_only;
