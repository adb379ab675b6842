using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.Hosts;

/// <summary>A host as front ends see it.</summary>
[GenerateSerializer, Immutable, Alias("bo.host.view")]
public sealed record HostView
{
    [Id(0)] public required string Tenant { get; init; }

    [Id(1)] public required string Name { get; init; }

    [Id(2)] public required string Vault { get; init; }

    [Id(3)] public required bool Enrolled { get; init; }

    [Id(4)] public DateTimeOffset? EnrolledAt { get; init; }

    /// <summary>When the open enrolment code ends, or null when there is none.</summary>
    [Id(5)] public DateTimeOffset? CodeExpiresAt { get; init; }

    [Id(6)] public string? PublicKey { get; init; }

    [Id(7)] public required ImmutableArray<string> Capabilities { get; init; }

    [Id(8)] public DateTimeOffset? LastSeenAt { get; init; }

    [Id(9)] public required ImmutableArray<string> OpenJobs { get; init; }

    [Id(10)] public required long Version { get; init; }
}
