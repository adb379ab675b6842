namespace BackupOnline.Grains.Records;

/// <summary>Names of the persisted states, unique over all grains; the number grows when a state can no longer be read as the one before.</summary>
internal static class StateNames
{
    public const string Tenant = "tenant.v1";
    public const string Vault = "vault.v1";
    public const string BackupSet = "set.v1";
    public const string Host = "host.v1";
    public const string HostMachines = "host-machines.v1";
    public const string Vm = "vm.v1";
    public const string Job = "job.v1";
    public const string Node = "node.v1";
    public const string Contract = "contract.v1";
    public const string Availability = "availability.v1";
    public const string Keyring = "keyring.v1";
    public const string Traffic = "traffic.v1";
    public const string TrafficOffice = "traffic-office.v1";
}
