-- Metered traffic (contract article 7): samples by slot, and the sealed months that bills go by.

-- A slot is floor(unix seconds / 300). Only what is not zero is stored; counters are cumulative within (tenant, slot, node, boot).
create table traffic_sample (
    tenant text collate "C" not null,
    slot integer not null,
    bytes_in bigint not null check (bytes_in >= 0),
    bytes_out bigint not null check (bytes_out >= 0),
    node text collate "C" not null,
    boot text collate "C" not null,
    primary key (tenant, slot, node, boot)
) partition by range (slot);

-- Makes the partition of a UTC month. The application owns nothing, so the owner's rights are lent to this function alone. Attaching waits for no reader and
-- no writer; the lock is for silos that come at the same moment.
create function traffic_partition_ensure(month date) returns void
language plpgsql security definer set search_path = backuponline, pg_temp as $body$
declare
    first date := date_trunc('month', month)::date;
    part text := 'traffic_sample_' || to_char(first, 'YYYY_MM');
begin
    if to_regclass(part) is not null then return; end if;
    perform pg_advisory_xact_lock(hashtextextended('traffic_partition', 0));
    if to_regclass(part) is not null then return; end if;
    execute format('create table %I (like traffic_sample including defaults including constraints) with (fillfactor = 75)', part);
    execute format(
        'alter table traffic_sample attach partition %I for values from (%s) to (%s)', part,
        (extract(epoch from first::timestamp) / 300)::integer, (extract(epoch from (first + interval '1 month')::timestamp) / 300)::integer);
end
$body$;

revoke execute on function traffic_partition_ensure(date) from public;

-- One row for a tenant's closed month, never changed. "document" is what was sealed, byte by byte; "hash" is its SHA-256.
create table traffic_month (
    tenant text collate "C" not null,
    month text collate "C" not null check (month ~ '^[0-9]{4}-[0-9]{2}$'),
    policy_version integer not null,
    p95_in bigint not null,
    p95_out bigint not null,
    p95 bigint not null,
    exceeded boolean not null,
    total_in bigint not null,
    total_out bigint not null,
    volume bigint not null,
    standing_next smallint not null,
    burst_next_kbps bigint not null,
    sealed_at timestamptz not null,
    document text compression lz4 not null,
    hash text not null check (hash ~ '^[0-9a-f]{64}$'),
    primary key (tenant, month)
);

-- Corrections after sealing, in the customer's favour only: the sealed row stays as it is.
create table traffic_correction (
    tenant text collate "C" not null,
    month text collate "C" not null,
    number integer not null check (number > 0),
    p95 bigint not null,
    standing_next smallint not null,
    burst_next_kbps bigint not null,
    reason text not null,
    at timestamptz not null,
    operation text not null,
    primary key (tenant, month, number),
    unique (tenant, operation),
    foreign key (tenant, month) references traffic_month
);

grant select, insert, update on traffic_sample to backuponline_app;
grant select, insert on traffic_month, traffic_correction to backuponline_app;
grant execute on function traffic_partition_ensure(date) to backuponline_app;
