-- Orleans' own grain storage: pub-sub and simple grains. key_ext is part of the key and never null ('' is none, '+x' is x):
-- a nullable column could neither be indexed for "is not distinct from" nor be unique.

create table orleans_state (
    service_id text not null,
    state_name text not null,
    key_n0 bigint not null,
    key_n1 bigint not null,
    key_ext text not null,
    version integer not null,
    payload bytea,
    primary key (service_id, state_name, key_n0, key_n1, key_ext)
) with (fillfactor = 80);

alter table orleans_state alter column payload set storage external;

-- Two branches: a bare upsert would bring a deleted row back to life. Null tells of a conflict.
create function orleans_state_write(
    p_service text, p_state text, p_n0 bigint, p_n1 bigint, p_ext text, p_version integer, p_payload bytea)
returns integer language plpgsql as $body$
declare
    written integer;
begin
    if p_version is null then
        insert into orleans_state (service_id, state_name, key_n0, key_n1, key_ext, version, payload)
        values (p_service, p_state, p_n0, p_n1, coalesce('+' || p_ext, ''), 1, p_payload)
        on conflict do nothing
        returning version into written;
    else
        update orleans_state set payload = p_payload, version = version + 1
        where service_id = p_service and state_name = p_state and key_n0 = p_n0 and key_n1 = p_n1
          and key_ext = coalesce('+' || p_ext, '') and version = p_version
        returning version into written;
    end if;
    return written;
end
$body$;
