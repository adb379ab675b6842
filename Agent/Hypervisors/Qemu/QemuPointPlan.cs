namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>What opening a point does, decided before anything is done.</summary>
/// <param name="Skipped">Disks that are left out, each with its reason.</param>
internal sealed record QemuPointPlan(Epoch Epoch, string Socket, long Budget, IReadOnlyList<QemuDiskPlan> Disks, IReadOnlyList<string> Skipped)
{
    // A part of the folder's room stays free: a full one would hurt others.
    private const double MostOfTheRoom = 0.9;
    private const long LeastBudget = 1L << 20;
    private const int LongestSocket = 107;

    public QemuIntent Intent => new(
        Epoch.ToString(),
        [.. Disks.Select(disk => new QemuJournalDisk(disk.DiskId, disk.Disk.Device, disk.Disk.Node))],
        [.. Disks.Select(disk => disk.ScratchFile), Socket]);

    /// <param name="machine">Whose.</param>
    /// <param name="found">All disks that it has.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="room">Free bytes of the scratch folder.</param>
    /// <exception cref="HypervisorException">Operator: it cannot be done so.</exception>
    public static QemuPointPlan Make(QemuMachine machine, IReadOnlyList<QemuDisk> found, PointRequest request, long room)
    {
        var budget = Math.Min(request.ScratchBudget, (long)(room * MostOfTheRoom));
        if (budget < LeastBudget)
            throw Wrong("scratch-no-room", $"{machine.Name}: {request.ScratchFolder} has {room} bytes free for scratch; make room or name another folder.");
        if (found.GroupBy(disk => QemuNames.Digest(disk.DiskId), StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw Wrong("disk-twice", $"{machine.Name}: two devices have the id {twice.First().DiskId}; give each drive an id of its own.");
        var socket = Path.GetFullPath(Path.Join(request.ScratchFolder, QemuNames.Socket(request.New)));
        if (System.Text.Encoding.UTF8.GetByteCount(socket) > LongestSocket)
            throw Wrong("scratch-path-long", $"{machine.Name}: {request.ScratchFolder} is too long for a socket's path ({LongestSocket} bytes); name a shorter folder.");
        var disks = new List<QemuDiskPlan>();
        var skipped = new List<string>();
        foreach (var disk in found)
        {
            if (disk.SkipReason is { } reason)
                skipped.Add($"{disk.DiskId}: {reason}");
            else if (request.ExcludedDisks.Contains(disk.DiskId))
                skipped.Add($"{disk.DiskId}: left out by the operator");
            else
                disks.Add(new QemuDiskPlan(disk, QemuBasis.Of(disk, request), Path.GetFullPath(Path.Join(request.ScratchFolder, QemuNames.ScratchFile(request.New, disk.DiskId))), ScratchOf(disk, budget)));
        }

        return disks.Count > 0
            ? new QemuPointPlan(request.New, socket, budget, disks, skipped)
            : throw Wrong("no-disk", $"{machine.Name}: no disk is left that could be backed up ({string.Join("; ", skipped)}).");
    }

    // No more than the whole disk is ever saved; the rest is for qcow2's own tables.
    private static long ScratchOf(QemuDisk disk, long budget) => Math.Min(budget, disk.Size + (disk.Size / 64) + LeastBudget) / 512 * 512;

    private static HypervisorException Wrong(string code, string text) => new(HypervisorFault.Operator, code, text);
}
