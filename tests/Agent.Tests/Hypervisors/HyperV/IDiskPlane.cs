namespace BackupOnline.Agent.Tests.Hypervisors.HyperV;

/// <summary>Who writes the disks of simulated machines.</summary>
internal interface IDiskPlane
{
    /// <summary>The machine writes other files from one instant on, the same for all its disks; those that it leaves no longer change.</summary>
    /// <param name="next">For each disk the file that is written from then on; not there yet.</param>
    /// <param name="quiesce">Whether applications and file systems are at rest at that instant.</param>
    /// <returns>What the machine has written since the last time, as far as it was not told when it happened.</returns>
    Task<IReadOnlyList<(SimulatedDisk Disk, long Offset, long Length)>> SwitchAsync(IReadOnlyList<(SimulatedDisk Disk, string Path)> next, bool quiesce);
}
