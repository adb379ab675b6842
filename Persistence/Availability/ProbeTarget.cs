using BackupOnline.Grains.Interfaces.Names;

namespace BackupOnline.Persistence.Availability;

/// <summary>A vault to probe, and where.</summary>
/// <param name="Vault">Which.</param>
/// <param name="Node">The node that holds it.</param>
/// <param name="StorageUrl">The node's own address as it announced it last; null while it has not.</param>
public sealed record ProbeTarget(VaultKey Vault, string Node, string? StorageUrl);
