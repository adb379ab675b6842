namespace BackupOnline.Agent.Hypervisors;

/// <summary>What a driver can do, and how far that is proven.</summary>
/// <param name="Name">As it is configured: <c>qemu</c>, <c>hyperv</c>.</param>
/// <param name="PersistentTracking">Whether tracking can survive a restart of a machine.</param>
/// <param name="Unproven">What was never tried on the real thing; shown with the driver's status; null when everything was.</param>
internal sealed record DriverCapabilities(string Name, bool PersistentTracking, string? Unproven);
