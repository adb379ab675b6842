-- The queries that Orleans reads once at start. A view and not a table: they change with the migrations and cannot drift.

create view OrleansQuery (QueryKey, QueryText) as values

('InsertMembershipVersionKey', $q$
with made as (insert into cluster_version (deployment_id) values (@DeploymentId) on conflict do nothing returning 1)
select exists (select from made)
$q$),

('InsertMembershipKey', $q$
select cluster_member_insert(@DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime, @Version)
$q$),

('UpdateMembershipKey', $q$
select cluster_member_update(@DeploymentId, @Address, @Port, @Generation, @Status, @SuspectTimes, @IAmAliveTime, @Version)
$q$),

('UpdateIAmAlivetimeKey', $q$
update cluster_member set i_am_alive_time = @IAmAliveTime
where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation
$q$),

('MembershipReadAllKey', $q$
select m.address as Address, m.port as Port, m.generation as Generation, m.silo_name as SiloName, m.host_name as HostName, m.status as Status,
       coalesce(m.proxy_port, 0) as ProxyPort, m.suspect_times as SuspectTimes, m.start_time as StartTime, m.i_am_alive_time as IAmAliveTime, v.version as Version
from cluster_version v left join cluster_member m on m.deployment_id = v.deployment_id
where v.deployment_id = @DeploymentId
$q$),

('MembershipReadRowKey', $q$
select m.address as Address, m.port as Port, m.generation as Generation, m.silo_name as SiloName, m.host_name as HostName, m.status as Status,
       coalesce(m.proxy_port, 0) as ProxyPort, m.suspect_times as SuspectTimes, m.start_time as StartTime, m.i_am_alive_time as IAmAliveTime, v.version as Version
from cluster_version v left join cluster_member m
  on m.deployment_id = v.deployment_id and m.address = @Address and m.port = @Port and m.generation = @Generation
where v.deployment_id = @DeploymentId
$q$),

('GatewaysQueryKey', $q$
select address as Address, proxy_port as ProxyPort, generation as Generation
from cluster_member where deployment_id = @DeploymentId and status = @Status and proxy_port > 0
$q$),

('DeleteMembershipTableEntriesKey', $q$
delete from cluster_version where deployment_id = @DeploymentId
$q$),

-- 6 is Dead: nobody else may be swept, least of all a silo that is joining.
('CleanupDefunctSiloEntriesKey', $q$
delete from cluster_member where deployment_id = @DeploymentId and status = 6 and i_am_alive_time < @IAmAliveTime
$q$),

('CleanupDefunctSiloEntryKey', $q$
delete from cluster_member
where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation and status = 6
  and suspect_times is not distinct from @SuspectTimes and start_time = @StartTime and i_am_alive_time = @IAmAliveTime
$q$),

('UpsertReminderRowKey', $q$
insert into reminder (service_id, grain_id, name, start_time, period_ms, grain_hash, version)
values (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 0)
on conflict (service_id, grain_id, name) do update
set start_time = excluded.start_time, period_ms = excluded.period_ms, grain_hash = excluded.grain_hash, version = reminder.version + 1
returning version as Version
$q$),

('ReadReminderRowKey', $q$
select grain_id as GrainId, name as ReminderName, start_time as StartTime, period_ms as Period, version as Version
from reminder where service_id = @ServiceId and grain_id = @GrainId and name = @ReminderName
$q$),

('ReadReminderRowsKey', $q$
select grain_id as GrainId, name as ReminderName, start_time as StartTime, period_ms as Period, version as Version
from reminder where service_id = @ServiceId and grain_id = @GrainId
$q$),

('ReadRangeRows1Key', $q$
select grain_id as GrainId, name as ReminderName, start_time as StartTime, period_ms as Period, version as Version
from reminder where service_id = @ServiceId and grain_hash > @BeginHash and grain_hash <= @EndHash
$q$),

-- The range wraps; begin = end is the whole ring.
('ReadRangeRows2Key', $q$
select grain_id as GrainId, name as ReminderName, start_time as StartTime, period_ms as Period, version as Version
from reminder where service_id = @ServiceId and (grain_hash > @BeginHash or grain_hash <= @EndHash)
$q$),

('DeleteReminderRowKey', $q$
with gone as (
    delete from reminder where service_id = @ServiceId and grain_id = @GrainId and name = @ReminderName and version = @Version returning 1)
select exists (select from gone)
$q$),

('DeleteReminderRowsKey', $q$
delete from reminder where service_id = @ServiceId
$q$),

('ReadFromStorageKey', $q$
select payload as PayloadBinary, version as Version
from orleans_state
where service_id = @ServiceId and state_name = @GrainTypeString and key_n0 = @GrainIdN0 and key_n1 = @GrainIdN1
  and key_ext = coalesce('+' || @GrainIdExtensionString, '')
$q$),

('WriteToStorageKey', $q$
select orleans_state_write(@ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, @GrainIdExtensionString, @GrainStateVersion, @PayloadBinary)
       as NewGrainStateVersion
$q$),

('ClearStorageKey', $q$
update orleans_state set payload = null, version = version + 1
where service_id = @ServiceId and state_name = @GrainTypeString and key_n0 = @GrainIdN0 and key_n1 = @GrainIdN1
  and key_ext = coalesce('+' || @GrainIdExtensionString, '') and version = @GrainStateVersion
returning version as NewGrainStateVersion
$q$),

('DeleteStorageKey', $q$
delete from orleans_state
where service_id = @ServiceId and state_name = @GrainTypeString and key_n0 = @GrainIdN0 and key_n1 = @GrainIdN1
  and key_ext = coalesce('+' || @GrainIdExtensionString, '') and version = @GrainStateVersion
returning version + 1 as NewGrainStateVersion
$q$);
