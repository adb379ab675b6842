using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.Qemu;

namespace BackupOnline.Agent.Tests.Points;

/// <summary>A point whose hypervisor is cut off when it is to be committed: what a crash between the durable snapshot and the commit leaves.</summary>
internal sealed class CutOffPoint(IConsistentPoint inner) : IConsistentPoint
{
    public Epoch Epoch => inner.Epoch;

    public Consistency Achieved => inner.Achieved;

    public string? FallbackReason => inner.FallbackReason;

    public TimeSpan FrozenFor => inner.FrozenFor;

    public DateTimeOffset At => inner.At;

    public IReadOnlyList<ConfigurationFile> Configuration => inner.Configuration;

    public IReadOnlyList<string> Skipped => inner.Skipped;

    public IReadOnlyList<IPointDisk> Disks => inner.Disks;

    public Task<string?> BrokenAsync(CancellationToken cancellation) => inner.BrokenAsync(cancellation);

    public async Task CommitAsync(CancellationToken cancellation)
    {
        await ((QemuPoint)inner).CutAsync();
        throw new HypervisorException(HypervisorFault.Transient, "monitor-lost", "The monitor was cut off.");
    }

    public Task AbandonAsync(CancellationToken cancellation) => throw new InvalidOperationException("A point whose snapshot is durable is never abandoned.");

    // The process that held it is gone: nobody tidies up.
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
