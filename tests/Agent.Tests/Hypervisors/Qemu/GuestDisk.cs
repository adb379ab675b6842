namespace BackupOnline.Agent.Tests.Hypervisors.Qemu;

/// <summary>An image behind a device of the guest.</summary>
/// <param name="Id">Of the device.</param>
internal sealed record GuestDisk(string Id, string File, string Format);
