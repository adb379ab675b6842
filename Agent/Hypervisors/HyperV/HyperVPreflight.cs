namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>Every unmet prerequisite by its name (contract article 3.1). Asks, and changes nothing.</summary>
internal sealed class HyperVPreflight(IHyperVHost host)
{
    private static readonly Version OldestConfiguration = new(6, 2);

    public async Task<PreflightReport> ReportAsync(HyperVSystem system, CancellationToken cancellation)
    {
        List<PreflightFinding> blockers = [], warnings = [];
        var settings = await host.SettingsAsync(system.Id, cancellation);
        if (system.IsBusy)
            blockers.Add(new("machine-busy", "another operation of Hyper-V holds the machine: wait until it has ended"));
        if (!Version.TryParse(settings.Version, out var version) || version < OldestConfiguration)
            blockers.Add(new("configuration-version", $"its configuration has version {settings.Version}, and 6.2 is the first with recovery checkpoints: shut it down and run Update-VMVersion"));
        await CheckpointsAsync(system, blockers, warnings, cancellation);
        var components = await host.ComponentsAsync(system.Id, cancellation);
        if (system.Power == PowerState.Running)
            Services(components, warnings);
        var disks = await DisksAsync(settings.Id, warnings, cancellation);
        if (disks.All(disk => disk.Tracking == ChangeTracking.NotSnapshottable))
            blockers.Add(new("no-disks", "it has no disk that a checkpoint can hold"));
        return new PreflightReport { Agent = components.Backup?.State ?? GuestAgentState.Absent, Disks = disks, Blockers = blockers, Warnings = warnings };
    }

    private async Task CheckpointsAsync(HyperVSystem system, List<PreflightFinding> blockers, List<PreflightFinding> warnings, CancellationToken cancellation)
    {
        foreach (var snapshot in await host.SnapshotsAsync(system.Id, cancellation))
        {
            if (snapshot.IsRecovery && Epoch.Parse(snapshot.Name)?.IsOf(system.Id.ToUpperInvariant()) != true)
                blockers.Add(HyperVFindings.ForeignCheckpoint(snapshot));
            else if (snapshot.IsRecovery)
                warnings.Add(new("leftover-checkpoint", $"an earlier backup left the recovery checkpoint '{snapshot.Name}': the next one removes it"));
            else
                warnings.Add(new("user-checkpoint", $"it has the checkpoint '{snapshot.Name}': while it is there, every disk is read whole. Delete it once it is no longer needed"));
        }
    }

    private static void Services(HyperVComponents components, List<PreflightFinding> warnings)
    {
        if (components.Backup is not { } backup)
            warnings.Add(new("backup-service-absent", "it has no backup service (VSS): install the integration services in the guest; until then points are as after a power cut"));
        else if (HyperVFindings.Of("backup-service", "backup (VSS)", backup) is { } finding)
            warnings.Add(finding);
        if (components.Heartbeat is { } heartbeat && HyperVFindings.Of("heartbeat", "heartbeat", heartbeat) is { } silent)
            warnings.Add(silent);
    }

    private async Task<List<PreflightDisk>> DisksAsync(string settings, List<PreflightFinding> warnings, CancellationToken cancellation)
    {
        var disks = new List<PreflightDisk>();
        foreach (var storage in (await host.StorageAsync(settings, cancellation)).OrderBy(storage => storage.Place, StringComparer.Ordinal))
        {
            if (storage.IsPassThrough || (storage.IsHardDisk && storage.IsShared))
            {
                warnings.Add(HyperVFindings.LeftOut(storage));
                disks.Add(new PreflightDisk(storage.Place, 0, storage.IsShared ? "vhds" : "physical", ChangeTracking.NotSnapshottable));
            }
            else if (storage.IsHardDisk)
            {
                disks.Add(await DiskAsync(storage, warnings, cancellation));
            }
        }

        foreach (var twice in disks.Where(disk => disk.Size > 0).GroupBy(disk => disk.DiskId).Where(group => group.Count() > 1))
            warnings.Add(new("disk-identity-twice", $"{twice.Count()} of its disks are copies with the same identity {twice.Key}: they are read whole. Set-VHD -ResetDiskIdentifier gives one a new one while the machine is off"));
        return disks;
    }

    private async Task<PreflightDisk> DiskAsync(HyperVStorage storage, List<PreflightFinding> warnings, CancellationToken cancellation)
    {
        try
        {
            var facts = await host.DiskAsync(storage.Path!, cancellation);
            if (facts.Format == "vhdx")
                return new PreflightDisk(facts.Identity.ToString(), facts.Size, facts.Format, ChangeTracking.Persistent);
            warnings.Add(new("disk-not-vhdx", $"{storage.Path} is a {facts.Format}: its changes cannot be tracked, and it is read whole each time. Convert-VHD makes a VHDX of it"));
            return new PreflightDisk(facts.Identity.ToString(), facts.Size, facts.Format, ChangeTracking.None);
        }
        catch (HypervisorException failure)
        {
            warnings.Add(new("disk-unreadable", $"{storage.Path}: {failure.Message}"));
            return new PreflightDisk(storage.Place, 0, "unknown", ChangeTracking.NotSnapshottable);
        }
    }
}
