using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.HyperV;

namespace BackupOnline.Agent.Tests.Hypervisors.HyperV;

internal sealed partial class SimulatedHyperV
{
    /// <summary>
    /// Rule: SnapshotType 32768 makes a recovery checkpoint; ConsistencyLevel 1 needs the guest's backup service and fails without it; a machine under another operation answers 32774
    /// (createsnapshot-msvm-virtualsystemsnapshotservice, msvm-virtualsystemsnapshotsettingdata). Afterwards the machine writes another file, and the checkpoint's no longer changes.
    /// </summary>
    public async Task<HyperVReply> CreateSnapshotAsync(string system, string name, int consistency, CancellationToken cancellation)
    {
        var machine = Machine(system);
        if (machine.Merging > 0)
        {
            machine.Merging--;
            await CalledAsync(nameof(CreateSnapshotAsync));
            return new HyperVReply(HyperVFailure.InUse, null);
        }

        if (consistency == 1 && (machine.EnabledState != 2 || machine.Components.Backup?.State is not (GuestAgentState.Ok or GuestAgentState.Degraded)))
            Fail(new SimulatedFault(nameof(CreateSnapshotAsync), JobCode: 32768));
        return await StartAsync(nameof(CreateSnapshotAsync), () => CheckpointAsync(machine, HyperVSnapshot.Recovery, ForgetsNames ? "Checkpoint" : name, quiesce: consistency == 1));
    }

    /// <summary>A checkpoint that a person makes; also what another product leaves behind.</summary>
    public async Task<string?> CheckpointAsync(SimulatedMachine machine, string type, string name, bool quiesce = false)
    {
        var files = machine.Disks.Select(disk => (disk, disk.Active)).ToList();
        var next = machine.Disks.Select(disk => (Disk: disk, Path: lab.PathOf($"{Guid.NewGuid():N}.avhdx"))).ToList();
        foreach (var (disk, offset, length) in await Plane.SwitchAsync(next, quiesce))
            disk.Writes.Add((++_tick, offset, length));
        foreach (var (disk, path) in next)
            disk.Active = path;

        var snapshot = new SimulatedSnapshot($"Microsoft:{Guid.NewGuid()}", type, name, _tick, files);
        machine.Snapshots.Add(snapshot);
        return snapshot.Id;
    }

    /// <summary>Rule: removes the checkpoint and starts the merge of its files (destroysnapshot-msvm-virtualsystemsnapshotservice).</summary>
    public async Task<HyperVReply> DestroySnapshotAsync(string snapshot, CancellationToken cancellation) =>
        Snapshot(snapshot) is { } found
            ? await StartAsync(nameof(DestroySnapshotAsync), () => Task.FromResult(Merge(found.Machine, found.Snapshot)))
            : new HyperVReply(32773, null);

    /// <summary>Rule: only a recovery checkpoint can be converted, and the conversion removes it (converttoreferencepoint-msvm-virtualsystemsnapshotservice).</summary>
    public async Task<HyperVReply> ConvertToReferencePointAsync(string snapshot, CancellationToken cancellation) =>
        Snapshot(snapshot) is { } found && found.Snapshot.Type == HyperVSnapshot.Recovery
            ? await StartAsync(nameof(ConvertToReferencePointAsync), () =>
            {
                Merge(found.Machine, found.Snapshot);
                var point = new SimulatedReferencePoint($"Microsoft:RP:{Guid.NewGuid()}", found.Snapshot.Tick, [.. found.Snapshot.Files.Select(file => (file.Disk, $"rctX:{Guid.NewGuid():N}"))]);
                found.Machine.Points.Add(point);
                return Task.FromResult<string?>(point.Id);
            })
            : new HyperVReply(32773, null);

    /// <summary>Rule: its tracking identifiers are no longer valid afterwards (destroyreferencepoint-msvm-virtualsystemreferencepointservice).</summary>
    public async Task<HyperVReply> DestroyReferencePointAsync(string point, CancellationToken cancellation)
    {
        var owner = Machines.FirstOrDefault(machine => machine.Points.Any(one => one.Id == point));
        return owner is null ? new HyperVReply(32773, null) : await StartAsync(nameof(DestroyReferencePointAsync), () =>
        {
            owner.Points.RemoveAll(one => one.Id == point);
            return Task.FromResult<string?>(null);
        });
    }

    private string? Merge(SimulatedMachine machine, SimulatedSnapshot snapshot)
    {
        if (snapshot.Files.Any(file => _attached.Contains(file.Path)))
            throw new HypervisorException(HypervisorFault.Busy, "in-use", "a file of the checkpoint is attached");
        machine.Snapshots.Remove(snapshot);
        // Rule: the merge goes on after the call has ended, and other operations are refused meanwhile.
        machine.Merging = _random.Next(0, 3);
        foreach (var (disk, path) in snapshot.Files.Where(file => machine.Snapshots.All(other => other.Files.All(held => held.Path != file.Path))))
        {
            if (machine.Disks.Contains(disk))
            {
                File.Move(disk.Active, path, overwrite: true);
                disk.Active = path;
            }
        }

        return null;
    }
}
