namespace BackupOnline.Grains.Interfaces.Vaults;

/// <summary>Places a grain whose key is a vault's on the silo of the node that holds the vault (decision 7e); the director is the silo's.</summary>
[Serializable, GenerateSerializer, Immutable, SuppressReferenceTracking, Alias("bo.placement.on-vault-node")]
public sealed class OnVaultNodePlacement : PlacementStrategy;
