using BackupOnline.Agent.Hypervisors;

namespace BackupOnline.Agent.Tests.Hypervisors;

/// <summary>A running machine, a driver on it, and a way to read the same disks that does not go through the driver.</summary>
internal interface IDriverLab : IAsyncDisposable
{
    IHypervisorDriver Driver { get; }

    MachineRef Machine { get; }

    string ScratchFolder { get; }

    /// <summary>Another driver on the same host, as a second process would have it.</summary>
    IHypervisorDriver AnotherDriver();

    /// <summary>An epoch of the machine that was never used.</summary>
    Epoch NextEpoch();

    /// <summary>The guest changes something on each of its disks.</summary>
    Task ChangeAsync();

    /// <summary>A disk of an open point, read whole by a program that is not ours.</summary>
    Task<byte[]> IndependentAsync(IConsistentPoint point, IPointDisk disk);

    /// <summary>Fails unless the guest runs, writes, is not frozen, and nothing of ours is left in the hypervisor but bitmaps or their like.</summary>
    Task ShouldBeUndisturbedAsync();
}
