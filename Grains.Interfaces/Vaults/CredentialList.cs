using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.Vaults;

[GenerateSerializer, Immutable, Alias("bo.vault.credentials")]
public sealed record CredentialList
{
    [Id(0)] public required ImmutableArray<CredentialView> Items { get; init; }
}
