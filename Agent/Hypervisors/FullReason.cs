namespace BackupOnline.Agent.Hypervisors;

/// <summary>Why a disk is read whole.</summary>
internal enum FullReason
{
    /// <summary>The first point of this disk.</summary>
    First,

    /// <summary>Asked for by a person or by the audit of change tracking.</summary>
    Asked,

    /// <summary>The driver has no unbroken tracking since the base: restart, crash, inconsistent or missing bitmap.</summary>
    TrackingLost,

    /// <summary>The hypervisor cannot track changes of this disk.</summary>
    TrackingUnsupported,

    /// <summary>Another size than at the base.</summary>
    Resized,

    /// <summary>The last committed point is not the base that the driver has.</summary>
    BaseDiffers,
}
