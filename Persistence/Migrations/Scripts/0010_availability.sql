-- Availability, minute by minute (decision 22), as runs: consecutive minutes of one vault in which all probes of one prober ended alike. A vault that is
-- always up is one row.

create table probe_run (
    tenant text collate "C" not null,
    vault text collate "C" not null,
    prober text collate "C" not null,
    outcome text collate "C" not null,
    first_minute timestamptz not null check (extract(epoch from first_minute) % 60 = 0),
    until_minute timestamptz not null check (extract(epoch from until_minute) % 60 = 0),
    slowest_ms integer not null check (slowest_ms >= 0),
    detail text,
    primary key (tenant, vault, prober, outcome, first_minute),
    check (until_minute > first_minute)
) with (fillfactor = 70);

-- What is down now, over all tenants.
create index probe_run_failed on probe_run (until_minute) where outcome <> 'good';

-- Takes probe results as runs: each either grows the run that it touches or overlaps, or begins one. The same results again change nothing.
create function probe_run_take(
    p_tenant text, p_prober text, p_vaults text[], p_outcomes text[], p_first timestamptz[], p_until timestamptz[], p_slowest integer[], p_details text[])
returns void language plpgsql as $body$
declare
    new record;
    before timestamptz;
begin
    for new in
        select * from unnest(p_vaults, p_outcomes, p_first, p_until, p_slowest, p_details) as n(vault, outcome, first, until, slowest, detail)
        order by vault, outcome, first
    loop
        select first_minute into before from probe_run
        where tenant = p_tenant and vault = new.vault and prober = p_prober and outcome = new.outcome and first_minute <= new.first
        order by first_minute desc limit 1;
        if found then
            update probe_run
            set until_minute = greatest(until_minute, new.until), slowest_ms = greatest(slowest_ms, new.slowest), detail = coalesce(new.detail, detail)
            where tenant = p_tenant and vault = new.vault and prober = p_prober and outcome = new.outcome and first_minute = before and until_minute >= new.first;
            continue when found;
        end if;
        insert into probe_run (tenant, vault, prober, outcome, first_minute, until_minute, slowest_ms, detail)
        values (p_tenant, new.vault, p_prober, new.outcome, new.first, new.until, new.slowest, new.detail)
        on conflict (tenant, vault, prober, outcome, first_minute) do update
        set until_minute = greatest(probe_run.until_minute, excluded.until_minute), slowest_ms = greatest(probe_run.slowest_ms, excluded.slowest_ms);
    end loop;
end
$body$;

-- Sealed months: written once, never changed.
create table availability_month (
    tenant text collate "C" not null,
    month text collate "C" not null check (month ~ '^[0-9]{4}-[0-9]{2}$'),
    sealed_at timestamptz not null,
    report jsonb not null,
    primary key (tenant, month)
);

grant select, insert, update on probe_run to backuponline_app;
grant select, insert on availability_month to backuponline_app;
