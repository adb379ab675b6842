namespace BackupOnline.Agent.Hypervisors.Vhdx;

/// <summary>Where a payload block's bytes are [2.5.1.1].</summary>
internal enum VhdxBlockState
{
    /// <summary>In the parent; without one: zeros.</summary>
    NotPresent = 0,

    /// <summary>Anything may be read; read as zeros here.</summary>
    Undefined = 1,

    Zero = 2,

    /// <summary>Given back by the guest (TRIM); read as zeros here.</summary>
    Unmapped = 3,

    FullyPresent = 6,

    /// <summary>By sector: here or in the parent, as the sector bitmap says.</summary>
    PartiallyPresent = 7,
}
