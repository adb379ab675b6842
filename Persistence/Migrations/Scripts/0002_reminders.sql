-- Reminders: what the AdoNet reminder provider of Orleans 10.4 asks for.

create table reminder (
    service_id text not null,
    grain_id text not null,
    name text not null,
    start_time timestamptz not null,
    period_ms bigint not null,
    grain_hash integer not null,
    version integer not null,
    primary key (service_id, grain_id, name)
);

-- A silo reads its part of the ring by hash.
create index reminder_ring on reminder (service_id, grain_hash);
