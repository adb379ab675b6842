using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.HyperV;
using BackupOnline.Agent.Hypervisors.Vhdx;

namespace BackupOnline.Agent.Tests.Hypervisors.HyperV;

internal sealed partial class SimulatedHyperV
{
    /// <summary>Rule: Name is the GUID, ElementName what people call it; OperationalStatus[1] tells of an operation (msvm-computersystem). Enumerations have no order.</summary>
    public async Task<IReadOnlyList<HyperVSystem>> SystemsAsync(CancellationToken cancellation)
    {
        await CalledAsync(nameof(SystemsAsync));
        return Shuffled(Machines.Select(machine => new HyperVSystem(machine.Id, machine.Name, machine.EnabledState, machine.Operation == 0 ? [2] : [2, machine.Operation])));
    }

    /// <summary>Rule: OperationalStatus 2, 3, 7, 12, 13 (msvm-vsscomponent, msvm-heartbeatcomponent).</summary>
    public async Task<HyperVComponents> ComponentsAsync(string system, CancellationToken cancellation)
    {
        await CalledAsync(nameof(ComponentsAsync));
        return Machine(system).Components;
    }

    public async Task<HyperVSettings> SettingsAsync(string system, CancellationToken cancellation)
    {
        await CalledAsync(nameof(SettingsAsync));
        return new HyperVSettings($"Microsoft:{system}", Machine(system).Version);
    }

    /// <summary>Rule: VirtualSystemType tells recovery checkpoints from those of users (msvm-virtualsystemsettingdata, msvm-snapshotofvirtualsystem).</summary>
    public async Task<IReadOnlyList<HyperVSnapshot>> SnapshotsAsync(string system, CancellationToken cancellation)
    {
        await CalledAsync(nameof(SnapshotsAsync));
        return Shuffled(Machine(system).Snapshots.Select(snapshot => new HyperVSnapshot(snapshot.Id, snapshot.Type, snapshot.Name)));
    }

    /// <summary>
    /// Rule: ResourceType 31 with HostResource[0] the file (msvm-storageallocationsettingdata); a checkpoint's settings hold the files that no longer change, and leave out what cannot be in it
    /// (IgnoreNonSnapshottableDisks, msvm-virtualsystemsnapshotsettingdata).
    /// </summary>
    public async Task<IReadOnlyList<HyperVStorage>> StorageAsync(string settings, CancellationToken cancellation)
    {
        await CalledAsync(nameof(StorageAsync));
        if (Snapshot(settings) is { } found)
            return Shuffled(found.Snapshot.Files.Select(file => Storage($"Microsoft:{Guid.NewGuid()}", file.Disk, file.Path)));
        if (Planned(settings) is { } planned)
            return Shuffled(planned.Storage);
        var machine = Machine(settings["Microsoft:".Length..]);
        return Shuffled(machine.Disks.Select(disk => Storage(settings, disk, disk.Active)).Concat(machine.Others));
    }

    /// <summary>Rule: Snapshots\{ConfigurationID}.vmcx under ConfigurationDataRoot (msvm-virtualsystemsettingdata).</summary>
    public async Task<IReadOnlyList<ConfigurationFile>> ConfigurationAsync(string snapshot, CancellationToken cancellation)
    {
        await CalledAsync(nameof(ConfigurationAsync));
        var name = Snapshot(snapshot)!.Value.Machine.Id;
        return [new ConfigurationFile($"{name}.vmcx", "configuration"u8.ToArray()), new ConfigurationFile($"{name}.vmrs", "state"u8.ToArray())];
    }

    /// <summary>Rule: VirtualDiskIdentifiers and ResilientChangeTrackingIdentifiers are parallel; ReferencePointType 2 is RCT (msvm-virtualsystemreferencepoint). Disks come in no order.</summary>
    public async Task<IReadOnlyList<HyperVReferencePoint>> ReferencePointsAsync(string system, CancellationToken cancellation)
    {
        await CalledAsync(nameof(ReferencePointsAsync));
        return Shuffled(Machine(system).Points.Select(point =>
        {
            var disks = Shuffled(point.Disks);
            return DistortPoint(new HyperVReferencePoint(point.Id, 2, [.. disks.Select(disk => disk.Disk.Identity.ToString("B").ToUpperInvariant())], [.. disks.Select(disk => disk.Tracking)]));
        }));
    }

    /// <summary>
    /// Rule: "ProcessedByteLength: the number of bytes that were processed", which may be fewer than asked for; ChangedByteOffsets and ChangedByteLengths are parallel; an identifier that is not one of
    /// the disk is an error (getvirtualdiskchanges-msvm-imagemanagementservice). Granularity is the host's affair: here 4 KiB, sometimes more.
    /// </summary>
    public async Task<HyperVChanges> ChangesAsync(string path, string since, long offset, long length, CancellationToken cancellation)
    {
        await CalledAsync(nameof(ChangesAsync));
        if (Take(nameof(ChangesAsync)) is { ReturnValue: { } refused })
            return new HyperVChanges(new HyperVReply(refused, null), null, null, null);
        var known = Machines.SelectMany(machine => machine.Points).SelectMany(point => point.Disks.Select(disk => (point.Tick, disk.Disk, disk.Tracking))).FirstOrDefault(one => one.Tracking == since);
        var file = Machines.SelectMany(machine => machine.Snapshots).SelectMany(snapshot => snapshot.Files.Select(one => (snapshot.Tick, one.Disk, one.Path))).FirstOrDefault(one => one.Path == path);
        if (known.Disk is null || file.Disk != known.Disk)
            return new HyperVChanges(new HyperVReply(32773, null), null, null, null);
        using var disk = VhdxDisk.Open(path);
        var processed = Math.Min(length, (1L << 20) * _random.Next(1, 24));
        var (offsets, lengths) = (new List<long>(), new List<long>());
        foreach (var write in known.Disk.Writes.Where(write => write.Tick > known.Tick && write.Tick <= file.Tick))
        {
            var granule = _random.Next(3) == 0 ? 65536 : 4096;
            var start = Math.Max(offset, write.Offset / granule * granule);
            var end = Math.Min(Math.Min(offset + processed, disk.Size), (write.Offset + write.Length + granule - 1) / granule * granule);
            if (start >= end)
                continue;
            offsets.Add(start);
            lengths.Add(end - start);
        }

        return Distort(new HyperVChanges(new HyperVReply(HyperVReply.Done, null), processed, offsets, lengths));
    }

    public async Task<HyperVDiskFacts> DiskAsync(string path, CancellationToken cancellation)
    {
        await CalledAsync(nameof(DiskAsync));
        try
        {
            using var disk = VhdxDisk.Open(path);
            return new HyperVDiskFacts(disk.Size, 512, disk.Metadata.DiskId, "vhdx", Tracked: true);
        }
        catch (FileNotFoundException missing)
        {
            throw new HypervisorException(HypervisorFault.Operator, "hyperv-file-missing", missing.Message);
        }
    }

    /// <summary>Rule: a file that is attached cannot be merged or written meanwhile (attachvirtualdisk, win32/vhd).</summary>
    public async Task<IHyperVDisk> OpenDiskAsync(string path, CancellationToken cancellation)
    {
        await CalledAsync(nameof(OpenDiskAsync));
        if (Machines.SelectMany(machine => machine.Disks).Any(disk => disk.Active == path))
            throw new IOException("The process cannot access the file because it is being used by another process.");
        _attached.Add(path);
        return new SimulatedAttachment(VhdxDisk.Open(path), () => _attached.Remove(path));
    }

    private static HyperVStorage Storage(string owner, SimulatedDisk disk, string path) => new($"{owner}\\{disk.Place}", 31, "Microsoft:Hyper-V:Virtual Hard Disk", path);

    private List<T> Shuffled<T>(IEnumerable<T> items)
    {
        T[] array = [.. items];
        _random.Shuffle(array);
        return [.. array];
    }
}
