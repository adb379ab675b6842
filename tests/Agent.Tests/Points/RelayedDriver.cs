using BackupOnline.Agent.Hypervisors;

namespace BackupOnline.Agent.Tests.Points;

/// <summary>A driver whose open points pass through the test's hands.</summary>
internal sealed class RelayedDriver(IHypervisorDriver inner, Func<IConsistentPoint, Task<IConsistentPoint>> relay) : IHypervisorDriver
{
    public DriverCapabilities Capabilities => inner.Capabilities;

    public Task<IReadOnlyList<MachineRef>> DiscoverAsync(CancellationToken cancellation) => inner.DiscoverAsync(cancellation);

    public Task<PreflightReport> PreflightAsync(MachineRef machine, CancellationToken cancellation) => inner.PreflightAsync(machine, cancellation);

    public Task<IReadOnlyList<string>> ReconcileAsync(MachineRef machine, Epoch? lastCommitted, CancellationToken cancellation) =>
        inner.ReconcileAsync(machine, lastCommitted, cancellation);

    public async Task<IConsistentPoint> OpenPointAsync(MachineRef machine, PointRequest request, CancellationToken cancellation) =>
        await relay(await inner.OpenPointAsync(machine, request, cancellation));

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
