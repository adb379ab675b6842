namespace BackupOnline.Grains.Interfaces.Names;

/// <summary>Key of the cluster's one ProbeDesk grain, <c>probe-desk/all</c>.</summary>
public readonly record struct ProbeDeskKey
{
    public override string ToString() => "probe-desk/all";
}
