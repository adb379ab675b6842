namespace BackupOnline.Agent.Hypervisors;

/// <summary>The helper inside the guest: qemu-guest-agent, or Hyper-V's integration services.</summary>
internal enum GuestAgentState
{
    Ok,

    /// <summary>An older protocol; works.</summary>
    Degraded,

    /// <summary>Configured, but has not spoken yet.</summary>
    NoContact,

    /// <summary>Spoke once, and no longer.</summary>
    Lost,

    Incompatible,

    Absent,
}
