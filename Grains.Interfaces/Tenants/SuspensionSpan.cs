namespace BackupOnline.Grains.Interfaces.Tenants;

/// <summary>A time in which a tenant was suspended.</summary>
[GenerateSerializer, Immutable, Alias("bo.tenant.suspension")]
public sealed record SuspensionSpan
{
    /// <summary>Inclusive.</summary>
    [Id(0)] public required DateTimeOffset From { get; init; }

    /// <summary>Exclusive; null while it lasts.</summary>
    [Id(1)] public DateTimeOffset? Until { get; init; }
}
