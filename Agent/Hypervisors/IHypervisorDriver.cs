namespace BackupOnline.Agent.Hypervisors;

/// <summary>
/// Opens consistent points of running machines on one host. What every driver owes; HypervisorDriverSuite asks it of QEMU's and of the Hyper-V driver on a simulated host.
/// <list type="table">
/// <item>A guest is never left frozen, paused or stopped, whatever fails, the driver's own death included; what else a killed one leaves is put right by the next <see cref="ReconcileAsync"/>; a slow or dead reader never slows a guest: the point breaks instead.</item>
/// <item>Tracking never loses a change: where a driver is not certain of a base, the disk is <see cref="DiskBasis.Full"/> with the reason.</item>
/// <item>Artefacts carry our prefix, the machine and the epoch; those of others are never touched.</item>
/// <item>One point per machine at a time: a second driver is refused with <see cref="HypervisorFault.Busy"/>.</item>
/// </list>
/// </summary>
internal interface IHypervisorDriver : IAsyncDisposable
{
    DriverCapabilities Capabilities { get; }

    /// <summary>The machines of the host, running or not, in a stable order.</summary>
    /// <exception cref="HypervisorException">The host cannot be asked.</exception>
    Task<IReadOnlyList<MachineRef>> DiscoverAsync(CancellationToken cancellation);

    /// <summary>Every unmet prerequisite by name, without changing anything.</summary>
    Task<PreflightReport> PreflightAsync(MachineRef machine, CancellationToken cancellation);

    /// <summary>
    /// Puts right what an earlier driver left behind: thaws, continues, removes exports and scratch, and rolls epochs to <paramref name="lastCommitted"/>.
    /// First act of every run; idempotent. Null: the repository has no point of this machine.
    /// </summary>
    /// <returns>What was done, for the log; empty when all was in order.</returns>
    Task<IReadOnlyList<string>> ReconcileAsync(MachineRef machine, Epoch? lastCommitted, CancellationToken cancellation);

    /// <summary>Thaws a guest that a killed driver left frozen, and nothing else. Windows thaws by itself after 10 s.</summary>
    Task<ThawOutcome> ThawAsync(MachineRef machine, CancellationToken cancellation) => Task.FromResult(ThawOutcome.NotFrozen);

    /// <summary>Opens a point of all disks at one instant. To be disposed; disposing an undecided point abandons it.</summary>
    /// <exception cref="HypervisorException">No point was opened, and the guest runs as before.</exception>
    Task<IConsistentPoint> OpenPointAsync(MachineRef machine, PointRequest request, CancellationToken cancellation);
}
