namespace BackupOnline.Agent.Hypervisors.Nbd;

/// <summary>Flags of a request.</summary>
[Flags]
internal enum NbdCommandFlags : ushort
{
    None = 0,

    /// <summary>Answer a write only when it is durable.</summary>
    ForceUnitAccess = 1 << 0,

    /// <summary>WriteZeroes must not leave a hole.</summary>
    NoHole = 1 << 1,

    /// <summary>The reply to a read must be one chunk.</summary>
    DontFragment = 1 << 2,

    /// <summary>The reply to BlockStatus must be one extent.</summary>
    RequestOne = 1 << 3,

    FastZero = 1 << 4,
}
