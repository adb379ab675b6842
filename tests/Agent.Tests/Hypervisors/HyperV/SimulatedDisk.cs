using BackupOnline.Agent.Hypervisors.Vhdx;

namespace BackupOnline.Agent.Tests.Hypervisors.HyperV;

/// <summary>A disk of a simulated machine: a VHDX that qemu-img made and qemu-io writes, with the times of the writes as change tracking knows them.</summary>
internal sealed class SimulatedDisk(string place, string path)
{
    /// <summary>Controller and place, as in the InstanceID of the storage.</summary>
    public string Place { get; set; } = place;

    /// <summary>The file that the machine has when it has no checkpoint.</summary>
    public string Path { get; } = path;

    /// <summary>The file that the machine writes now.</summary>
    public string Active { get; set; } = path;

    /// <summary>Read from the file, as virtdisk gives it.</summary>
    public Guid Identity { get; } = IdentityOf(path);

    public List<(long Tick, long Offset, long Length)> Writes { get; } = [];

    public static Guid IdentityOf(string path)
    {
        using var disk = VhdxDisk.Open(path);
        return disk.Metadata.DiskId;
    }
}
