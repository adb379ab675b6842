namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>A machine as QEMU itself tells of it, enough to start it anew.</summary>
/// <param name="Type">Kind and version of the board: pc-q35-7.2.</param>
/// <param name="Memory">Bytes.</param>
internal sealed record QemuDescription(string Id, string Name, string Type, long Memory, int Processors, IReadOnlyList<QemuDescribedDisk> Disks)
{
    public const string FileName = "machine.json";
}
