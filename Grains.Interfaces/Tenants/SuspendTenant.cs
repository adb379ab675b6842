using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Tenants;

[GenerateSerializer, Immutable, Alias("bo.tenant.suspend")]
public sealed record SuspendTenant
{
    [Id(0)] public required Caller Caller { get; init; }

    /// <summary>True suspends, false resumes.</summary>
    [Id(1)] public required bool Suspended { get; init; }

    /// <summary>Why; goes into the tenant's log; 1 to 500 characters.</summary>
    [Id(2)] public required string Reason { get; init; }

    /// <summary>Whose hold it is; another's stays as it is.</summary>
    [Id(3)] public SuspensionCause Cause { get; init; }
}
