using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.Tenants;

/// <summary>A tenant as front ends see it.</summary>
[GenerateSerializer, Immutable, Alias("bo.tenant.view")]
public sealed record TenantView
{
    [Id(0)] public required string Name { get; init; }

    [Id(1)] public required string DisplayName { get; init; }

    [Id(2)] public required DateTimeOffset CreatedAt { get; init; }

    [Id(3)] public long? QuotaBytes { get; init; }

    /// <summary>True while anybody holds the service back.</summary>
    [Id(4)] public required bool Suspended { get; init; }

    /// <summary>True once both documents of articles 1 and 2 are accepted.</summary>
    [Id(5)] public required bool TermsAccepted { get; init; }

    [Id(6)] public required ImmutableArray<string> Vaults { get; init; }

    /// <summary>Grows with every change; the door's ETag.</summary>
    [Id(7)] public required long Version { get; init; }

    /// <summary>Bytes that each vault without a quota of its own may hold: what the tenant's quota leaves, in equal parts; null when there is no limit.</summary>
    [Id(8)] public long? RestQuotaBytes { get; init; }

    /// <summary>Who holds the service back now; empty while it runs.</summary>
    [Id(9)] public ImmutableArray<SuspensionCause> SuspendedBy { get; init; } = [];
}
