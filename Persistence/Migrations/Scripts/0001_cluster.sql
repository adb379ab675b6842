-- Membership of the Orleans cluster: what the AdoNet clustering provider of Orleans 10.4 asks for, in SQL of our own.
-- Everything lies in one schema, which the connection's search_path names.

create table cluster_version (
    deployment_id text not null primary key,
    version integer not null default 0
);

create table cluster_member (
    deployment_id text not null references cluster_version on delete cascade,
    address text not null,
    port integer not null,
    generation integer not null,
    silo_name text not null,
    host_name text not null,
    status integer not null,
    proxy_port integer not null,
    suspect_times text,
    start_time timestamptz not null,
    i_am_alive_time timestamptz not null,
    primary key (deployment_id, address, port, generation)
);

-- The version row is the lock: whoever holds it at the expected version is the single winner.
create function cluster_member_insert(
    p_deployment text, p_address text, p_port integer, p_generation integer, p_silo text, p_host text,
    p_status integer, p_proxy integer, p_start timestamptz, p_alive timestamptz, p_version integer)
returns boolean language plpgsql as $body$
begin
    perform 1 from cluster_version where deployment_id = p_deployment and version = p_version for update;
    if not found then
        return false;
    end if;
    insert into cluster_member (deployment_id, address, port, generation, silo_name, host_name, status, proxy_port, start_time, i_am_alive_time)
    values (p_deployment, p_address, p_port, p_generation, p_silo, p_host, p_status, p_proxy, p_start, p_alive)
    on conflict do nothing;
    if not found then
        return false;
    end if;
    update cluster_version set version = version + 1 where deployment_id = p_deployment;
    return true;
end
$body$;

create function cluster_member_update(
    p_deployment text, p_address text, p_port integer, p_generation integer,
    p_status integer, p_suspects text, p_alive timestamptz, p_version integer)
returns boolean language plpgsql as $body$
begin
    perform 1 from cluster_version where deployment_id = p_deployment and version = p_version for update;
    if not found then
        return false;
    end if;
    update cluster_member set status = p_status, suspect_times = p_suspects, i_am_alive_time = p_alive
    where deployment_id = p_deployment and address = p_address and port = p_port and generation = p_generation;
    if not found then
        return false;
    end if;
    update cluster_version set version = version + 1 where deployment_id = p_deployment;
    return true;
end
$body$;

-- Names of this cluster and of the service, made once: state and reminders are keyed on the service id, which must never change.
create table cluster_identity (
    single boolean not null default true primary key check (single),
    cluster_id text not null,
    service_id text not null
);

insert into cluster_identity (cluster_id, service_id)
values ('cluster-' || replace(gen_random_uuid()::text, '-', ''), 'service-' || replace(gen_random_uuid()::text, '-', ''));
