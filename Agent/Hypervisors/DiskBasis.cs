namespace BackupOnline.Agent.Hypervisors;

/// <summary>From what a disk is read.</summary>
internal abstract record DiskBasis
{
    private DiskBasis()
    {
    }

    /// <summary>The whole disk, for a reason that is recorded and shown.</summary>
    public sealed record Full(FullReason Reason, string Detail) : DiskBasis;

    /// <summary>What changed since the base, which was committed and whose tracking is unbroken.</summary>
    public sealed record Incremental(Epoch Base) : DiskBasis;
}
