using Orleans.Placement;

namespace BackupOnline.Grains.Interfaces.Vaults;

/// <summary>For grain classes that work on a vault's bytes: <see cref="OnVaultNodePlacement"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OnVaultNodeAttribute() : PlacementAttribute(new OnVaultNodePlacement());
