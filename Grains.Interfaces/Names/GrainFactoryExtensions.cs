using BackupOnline.Grains.Interfaces.Access;
using BackupOnline.Grains.Interfaces.Audit;
using BackupOnline.Grains.Interfaces.Availability;
using BackupOnline.Grains.Interfaces.BackupSets;
using BackupOnline.Grains.Interfaces.Contracts;
using BackupOnline.Grains.Interfaces.Hosts;
using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.Nodes;
using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Grains.Interfaces.Tenants;
using BackupOnline.Grains.Interfaces.Traffic;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.Grains.Interfaces.VirtualMachines;

namespace BackupOnline.Grains.Interfaces.Names;

/// <summary>The only way to a grain reference: by key type, never by raw string (decision 7b).</summary>
public static class GrainFactoryExtensions
{
    public static ITenantGrain Get(this IGrainFactory grains, TenantKey key) => grains.GetGrain<ITenantGrain>(key.ToString());

    public static IVaultGrain Get(this IGrainFactory grains, VaultKey key) => grains.GetGrain<IVaultGrain>(key.ToString());

    public static IBackupSetGrain Get(this IGrainFactory grains, BackupSetKey key) => grains.GetGrain<IBackupSetGrain>(key.ToString());

    public static IHostGrain Get(this IGrainFactory grains, HostKey key) => grains.GetGrain<IHostGrain>(key.ToString());

    public static IJobGrain Get(this IGrainFactory grains, JobKey key) => grains.GetGrain<IJobGrain>(key.ToString());

    public static IVirtualMachineGrain Get(this IGrainFactory grains, VmKey key) => grains.GetGrain<IVirtualMachineGrain>(key.ToString());

    public static INodeGrain Get(this IGrainFactory grains, NodeKey key) => grains.GetGrain<INodeGrain>(key.ToString());

    public static IAuditLogGrain Get(this IGrainFactory grains, LogKey key) => grains.GetGrain<IAuditLogGrain>(key.ToString());

    public static IKeyringGrain Get(this IGrainFactory grains, KeyringKey key) => grains.GetGrain<IKeyringGrain>(key.ToString());

    public static ITrafficGrain Get(this IGrainFactory grains, TrafficKey key) => grains.GetGrain<ITrafficGrain>(key.ToString());

    public static ITrafficOfficeGrain Get(this IGrainFactory grains, TrafficOfficeKey key) => grains.GetGrain<ITrafficOfficeGrain>(key.ToString());

    public static IContractGrain Get(this IGrainFactory grains, ContractKey key) => grains.GetGrain<IContractGrain>(key.ToString());

    public static IAvailabilityGrain Get(this IGrainFactory grains, AvailabilityKey key) => grains.GetGrain<IAvailabilityGrain>(key.ToString());

    public static IProbeDeskGrain Get(this IGrainFactory grains, ProbeDeskKey key) => grains.GetGrain<IProbeDeskGrain>(key.ToString());

    public static ISchedulePartitionGrain Get(this IGrainFactory grains, SchedulePartitionKey key) => grains.GetGrain<ISchedulePartitionGrain>(key.ToString());
}
