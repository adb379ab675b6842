using BackupOnline.Agent.Tests.Hypervisors.Vhdx;

namespace BackupOnline.Agent.Tests.Hypervisors.HyperV;

/// <summary>Files that qemu-io writes between two calls: nothing happens at the same time.</summary>
internal sealed class FilePlane(DiskLab lab) : IDiskPlane
{
    public async Task<IReadOnlyList<(SimulatedDisk Disk, long Offset, long Length)>> SwitchAsync(IReadOnlyList<(SimulatedDisk Disk, string Path)> next, bool quiesce)
    {
        foreach (var (disk, path) in next)
            await lab.RunAsync("cp", "--sparse=always", disk.Active, path);
        return [];
    }
}
