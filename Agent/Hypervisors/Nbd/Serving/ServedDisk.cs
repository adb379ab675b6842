using BackupOnline.Engine.Images;

namespace BackupOnline.Agent.Hypervisors.Nbd.Serving;

/// <summary>A disk of a recovery point as others may read it over NBD; read-only.</summary>
/// <param name="Name">As clients ask for it: <c>disk0.raw</c>.</param>
/// <param name="Image">Its bytes; stays the caller's.</param>
internal sealed record ServedDisk(string Name, ImageReader Image);
