namespace BackupOnline.Grains.Tests.VirtualMachines;

/// <summary>A point that a simulated agent made and told.</summary>
internal sealed record HotPoint(string Vm, string Snapshot, DateTimeOffset At, string Job)
{
    /// <summary>An audit or a boot test spoke against it.</summary>
    public bool Suspect { get; set; }
}
