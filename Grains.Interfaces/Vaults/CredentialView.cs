namespace BackupOnline.Grains.Interfaces.Vaults;

/// <summary>A credential without its secret.</summary>
[GenerateSerializer, Immutable, Alias("bo.vault.credential")]
public sealed record CredentialView
{
    [Id(0)] public required string KeyId { get; init; }

    [Id(1)] public required CredentialScope Scope { get; init; }

    [Id(2)] public required string Label { get; init; }

    [Id(3)] public string? Host { get; init; }

    [Id(4)] public required DateTimeOffset CreatedAt { get; init; }

    [Id(5)] public DateTimeOffset? RevokedAt { get; init; }
}
