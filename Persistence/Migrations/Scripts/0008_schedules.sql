-- Schedules (decisions 8 and 23): the owner writes what is due when and the generation, the partition writes lease and outcome.

create table schedule (
    service_id text collate "C" not null,
    id text collate "C" not null,
    -- The hash of the id, modulo a number that is fixed for ever: the partitions' grains are found by it.
    partition smallint not null check (partition between 0 and 63),
    target text not null,
    kind text not null,
    scope text collate "C" not null,
    timing jsonb not null,
    -- Raised by every write of the owner: an outcome that belongs to an older one moves nothing.
    generation bigint not null default 1,
    next_due timestamptz not null,
    -- When the row may be claimed: its due instant, the end of a lease, or the end of a back-off.
    ready_at timestamptz not null,
    lease uuid,
    lease_until timestamptz,
    -- The due instant that attempt counts the deliveries of.
    claimed_due timestamptz,
    attempt integer not null default 0,
    last_due timestamptz,
    last_started_at timestamptz,
    last_ended_at timestamptz,
    last_outcome text check (last_outcome in ('done', 'failed', 'unanswered')),
    last_why text,
    failures_in_a_row integer not null default 0,
    -- How many late or failed firings there were: the place of the next one in schedule_trouble.
    troubles bigint not null default 0,
    primary key (service_id, id)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);

create index schedule_ready on schedule (service_id, partition, ready_at);

create index schedule_by_scope on schedule (service_id, scope, id);

-- Firings that were late or failed: the last 16 of each schedule, as a ring, so that a broken target cannot fill the disk.
create table schedule_trouble (
    service_id text collate "C" not null,
    schedule text collate "C" not null,
    slot smallint not null check (slot between 0 and 15),
    due timestamptz not null,
    attempt integer not null,
    started_at timestamptz not null,
    ended_at timestamptz not null,
    outcome text not null,
    why text,
    primary key (service_id, schedule, slot),
    foreign key (service_id, schedule) references schedule (service_id, id) on delete cascade
);

grant select, insert, update, delete on schedule, schedule_trouble to backuponline_app;
