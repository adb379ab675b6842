using BackupOnline.Agent.Hypervisors.Qmp;

namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>Names each unmet prerequisite of a machine; changes nothing.</summary>
internal sealed class QemuPreflight(QemuMachine machine, QemuSession session, TimeProvider time)
{
    private static readonly Version s_least = new(7, 1);

    public async Task<PreflightReport> ReportAsync(CancellationToken cancellation)
    {
        try
        {
            var disks = await session.DisksAsync(cancellation);
            var (state, agent) = await AgentAsync(cancellation);
            return new PreflightReport
            {
                Agent = state,
                Disks = [.. disks.Select(disk => disk.Preflight)],
                Blockers = [.. await BlockersAsync(disks, cancellation)],
                Warnings = [.. agent, .. Warnings(disks)],
            };
        }
        catch (Exception failure) when (failure is QmpException or QmpLostException)
        {
            throw QemuFaults.Of(machine, failure);
        }
    }

    private async Task<List<PreflightFinding>> BlockersAsync(IReadOnlyList<QemuDisk> disks, CancellationToken cancellation)
    {
        var blockers = new List<PreflightFinding>();
        var told = (await session.AskAsync("query-version", cancellation)).GetProperty("qemu");
        var version = new Version(told.GetProperty("major").GetInt32(), told.GetProperty("minor").GetInt32());
        if (version < s_least)
            blockers.Add(new PreflightFinding("qemu-too-old", $"QEMU {version} has no copy-before-write that spares the guest; {s_least} or later is needed."));
        if (!disks.Any(disk => disk.SkipReason is null))
            blockers.Add(new PreflightFinding("no-disk", "No disk of the machine can be in a point."));
        return blockers;
    }

    private async Task<(GuestAgentState State, List<PreflightFinding> Findings)> AgentAsync(CancellationToken cancellation)
    {
        if (machine.Agent is null)
            return (GuestAgentState.Absent, [new PreflightFinding("guest-agent-absent", "No guest agent is configured: points are as after a power cut. Add its channel to the machine and 'agent' to the host's file.")]);
        try
        {
            using var agent = await GuestAgent.ConnectAsync(machine.Agent, time, cancellation);
            var info = await agent.ExecuteAsync("guest-info", null, GuestQuiesce.Contact, cancellation);
            var can = info.GetProperty("supported_commands").EnumerateArray()
                .Any(command => command.GetProperty("name").GetString() == "guest-fsfreeze-freeze" && command.GetProperty("enabled").GetBoolean());
            if (!can)
                return (GuestAgentState.Incompatible, [new PreflightFinding("guest-agent-incompatible", "The guest's agent may not freeze file systems: allow guest-fsfreeze-freeze, -thaw and -status.")]);
            return machine.FreezeHooks
                ? (GuestAgentState.Ok, [])
                : (GuestAgentState.Ok, [new PreflightFinding("no-freeze-hooks", "Points agree with the guest's file systems, not with its applications (Windows guests: with both). Install freeze hooks in the guest and set freeze_hooks = true.")]);
        }
        catch (QmpException refused) when (refused.Kind == "CommandNotFound")
        {
            return (GuestAgentState.Degraded, [new PreflightFinding("guest-frozen", "The guest's file systems are frozen now; the next run thaws them first.")]);
        }
        catch (Exception silent) when (silent is QmpException or QmpLostException)
        {
            return (GuestAgentState.NoContact, [new PreflightFinding("guest-agent-silent", $"The guest agent does not answer ({silent.Message}): points are as after a power cut. Install and start qemu-guest-agent in the guest.")]);
        }
    }

    private static IEnumerable<PreflightFinding> Warnings(IReadOnlyList<QemuDisk> disks)
    {
        foreach (var disk in disks)
        {
            if (disk.SkipReason is { } reason)
                yield return new PreflightFinding("disk-skipped", $"{disk.DiskId}: {reason}; it is not backed up.");
            else if (disk.HasSnapshots)
                yield return new PreflightFinding("disk-snapshots", $"{disk.DiskId}: the image holds internal snapshots, so it is read whole each time.");
            else if (disk.Tracking == ChangeTracking.Volatile)
                yield return new PreflightFinding("tracking-volatile", $"{disk.DiskId}: a {disk.Format} image keeps no bitmap, so it is read whole after each start of the machine; qcow2 keeps one.");
        }
    }
}
