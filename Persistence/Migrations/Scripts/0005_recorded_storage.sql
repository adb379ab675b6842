-- Our grain storage (decision 7): versioned state, and in the same transaction the facts, arrivals and listings that it makes true.

create table grain_state (
    grain_id text collate "C" not null,
    state_name text collate "C" not null,
    service_id text collate "C" not null,
    version bigint not null,
    payload bytea,
    primary key (grain_id, state_name, service_id)
) with (fillfactor = 80);

alter table grain_state alter column payload set storage external;

-- Facts on their way into the log (decision 7a).
create table outbox (
    grain_id text collate "C" not null,
    version bigint not null,
    ordinal integer not null,
    scope text collate "C" not null,
    event text not null,
    at timestamptz not null,
    actor text not null,
    subject text not null,
    address text,
    details jsonb not null,
    primary key (grain_id, version, ordinal)
);

create index outbox_order on outbox (scope, at, grain_id, version, ordinal);

-- Snapshots that arrived in a vault: the proof of a backup. A name is recorded once.
create table arrival (
    tenant text collate "C" not null,
    vault text collate "C" not null,
    snapshot text collate "C" not null,
    received_at timestamptz not null,
    bytes bigint not null,
    key_id text,
    primary key (tenant, vault, snapshot)
);

create index arrival_latest on arrival (tenant, vault, received_at);

-- What collections page through without waking a grain.
create table listing (
    kind text collate "C" not null,
    scope text collate "C" not null,
    name text collate "C" not null,
    version bigint not null,
    view jsonb not null,
    primary key (kind, scope, name)
);

create index listing_by_name on listing (kind, name);

create index listing_vault_node on listing ((view ->> 'node'), scope, name) where kind = 'vault';

-- Which node holds a vault: what the placement of Vault grains goes by (decision 24).
create view vault_placement as
select scope as tenant, name as vault, view ->> 'node' as node from listing where kind = 'vault';
