namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>
/// Points of Hyper-V machines by recovery checkpoints, reference points and resilient change tracking. A point has two phases: the checkpoint is converted to a reference
/// point only once the snapshot is durable in the repository, and only then the older reference point goes. What ends in between is put right by <see cref="ReconcileAsync"/>.
/// </summary>
/// <param name="host">The calls.</param>
/// <param name="folder">Where the driver keeps one small record for each machine.</param>
/// <param name="patience">How long it waits.</param>
/// <param name="time">The clock.</param>
internal sealed class HyperVDriver(IHyperVHost host, string folder, HyperVPatience patience, TimeProvider time) : IHypervisorDriver
{
    private readonly HyperVJobs _jobs = new(host, patience, time);

    public DriverCapabilities Capabilities { get; } = new("hyperv", PersistentTracking: true,
        "Never run against a real Hyper-V host: proven against a simulator of the documented behaviour. Run 'backuponline hyperv-conformance' on a test machine first.");

    public async Task<IReadOnlyList<MachineRef>> DiscoverAsync(CancellationToken cancellation) =>
    [
        .. (await host.SystemsAsync(cancellation)).OrderBy(system => system.Id, StringComparer.OrdinalIgnoreCase)
            .Select(system => new MachineRef(system.Id.ToUpperInvariant(), system.Name, system.IsBusy ? PowerState.Unknown : system.Power)),
    ];

    public async Task<PreflightReport> PreflightAsync(MachineRef machine, CancellationToken cancellation) =>
        await new HyperVPreflight(host).ReportAsync(await SystemAsync(machine, cancellation), cancellation);

    public async Task<IReadOnlyList<string>> ReconcileAsync(MachineRef machine, Epoch? lastCommitted, CancellationToken cancellation)
    {
        var system = await SystemAsync(machine, cancellation);
        using var file = HyperVRecordFile.Open(folder, machine);
        return await new HyperVReconciliation(host, _jobs, file, system.Id).RunAsync(lastCommitted, cancellation);
    }

    public async Task<IConsistentPoint> OpenPointAsync(MachineRef machine, PointRequest request, CancellationToken cancellation)
    {
        if (!request.New.IsOf(machine.StableId))
            throw new ArgumentException($"{request.New} is not an epoch of {machine.StableId}", nameof(request));
        var system = await SystemAsync(machine, cancellation);
        var file = HyperVRecordFile.Open(folder, machine);
        try
        {
            return await new HyperVOpener(host, _jobs, file, system, time).OpenAsync(request, cancellation);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private async Task<HyperVSystem> SystemAsync(MachineRef machine, CancellationToken cancellation) =>
        (await host.SystemsAsync(cancellation)).FirstOrDefault(system => string.Equals(system.Id, machine.StableId, StringComparison.OrdinalIgnoreCase))
            ?? throw new HypervisorException(HypervisorFault.MachineGone, "hyperv-machine-gone", $"{machine.Name} ({machine.StableId}) is not on this host: it was removed, or moved to another host of the cluster");
}
