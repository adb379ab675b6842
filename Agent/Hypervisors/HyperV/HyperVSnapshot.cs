namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>Msvm_VirtualSystemSettingData of a checkpoint.</summary>
/// <param name="Id">InstanceID.</param>
/// <param name="Type">VirtualSystemType.</param>
/// <param name="Name">ElementName.</param>
internal sealed record HyperVSnapshot(string Id, string Type, string Name)
{
    public const string Recovery = "Microsoft:Hyper-V:Snapshot:Recovery";
    public const string User = "Microsoft:Hyper-V:Snapshot:Realized";

    public bool IsRecovery => Type == Recovery;
}
