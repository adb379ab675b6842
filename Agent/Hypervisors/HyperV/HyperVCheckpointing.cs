namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>Makes a recovery checkpoint: application-consistent where the guest can, else as after a power cut where that is allowed.</summary>
internal sealed class HyperVCheckpointing(IHyperVHost host, HyperVJobs jobs, HyperVSystem system, TimeProvider time)
{
    private const int Application = 1;
    private const int Crash = 2;

    /// <summary>VSS thaws a guest by itself after 10 s.</summary>
    private static readonly TimeSpan LongestFreeze = TimeSpan.FromSeconds(10);

    public async Task<HyperVCheckpoint> MakeAsync(PointRequest request, IReadOnlyCollection<string> before, CancellationToken cancellation)
    {
        if (system.Power != PowerState.Running || request.Wanted == Consistency.Crash)
        {
            var reason = request.Wanted == Consistency.Crash ? null : "the machine does not run";
            return await OnceAsync(request.New, Crash, reason, before, cancellation);
        }

        try
        {
            return await OnceAsync(request.New, Application, null, before, cancellation);
        }
        catch (HypervisorException failure) when (request.AllowFallback && failure.Fault == HypervisorFault.Transient)
        {
            if (await LocateAsync(request.New, before, cancellation) is { } half)
                await jobs.RunAsync("removing a checkpoint that failed", () => host.DestroySnapshotAsync(half.Id, cancellation), cancellation);
            return await OnceAsync(request.New, Crash, $"the guest did not quiesce: {failure.Message}", before, cancellation);
        }
    }

    private async Task<HyperVCheckpoint> OnceAsync(Epoch epoch, int level, string? fallback, IReadOnlyCollection<string> before, CancellationToken cancellation)
    {
        var (at, started) = (time.GetUtcNow(), time.GetTimestamp());
        string? made = null;
        try
        {
            made = await jobs.RunAsync($"making a recovery checkpoint of {system.Name}", () => host.CreateSnapshotAsync(system.Id, epoch.ToString(), level, cancellation), cancellation);
        }
        catch (HypervisorException vanished) when (vanished.Code == HyperVJobs.VanishedCode)
        {
            // What it made is looked for.
        }

        var snapshot = (await host.SnapshotsAsync(system.Id, cancellation)).FirstOrDefault(one => one.IsRecovery && one.Id == made) ?? await LocateAsync(epoch, before, cancellation)
            ?? throw new HypervisorException(HypervisorFault.Transient, "hyperv-no-checkpoint", "the host says that it made a checkpoint, and it is not there");
        var took = time.GetElapsedTime(started);
        return level == Application
            ? new HyperVCheckpoint(snapshot, Consistency.Application, null, at, took < LongestFreeze ? took : LongestFreeze)
            : new HyperVCheckpoint(snapshot, Consistency.Crash, fallback, at, TimeSpan.Zero);
    }

    /// <summary>By its name, or the one that was not there before.</summary>
    private async Task<HyperVSnapshot?> LocateAsync(Epoch epoch, IReadOnlyCollection<string> before, CancellationToken cancellation)
    {
        var recovery = (await host.SnapshotsAsync(system.Id, cancellation)).Where(one => one.IsRecovery && !before.Contains(one.Id)).ToList();
        return recovery.FirstOrDefault(one => one.Name == epoch.ToString()) ?? (recovery is [var one] ? one : null);
    }
}
