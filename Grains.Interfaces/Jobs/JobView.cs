using BackupOnline.Grains.Interfaces.VirtualMachines;

namespace BackupOnline.Grains.Interfaces.Jobs;

/// <summary>A run as front ends see it. Also the payload of the memory stream <see cref="StreamNamespace"/>, stream key = job id, at each change of status: a hint for screens.</summary>
[GenerateSerializer, Immutable, Alias("bo.job.view")]
public sealed record JobView
{
    public const string StreamNamespace = "job";

    [Id(0)] public required string Tenant { get; init; }

    [Id(1)] public required string Id { get; init; }

    [Id(2)] public required JobKind Kind { get; init; }

    [Id(3)] public required string Host { get; init; }

    [Id(4)] public required string Vault { get; init; }

    [Id(5)] public required JobStatus Status { get; init; }

    /// <summary>1 for the first; 0 while none has begun.</summary>
    [Id(6)] public required int Attempt { get; init; }

    [Id(7)] public required DateTimeOffset StartedAt { get; init; }

    [Id(8)] public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The agent must report before this instant, else the attempt counts as interrupted.</summary>
    [Id(9)] public DateTimeOffset? LeaseEndsAt { get; init; }

    [Id(10)] public required JobProgress Progress { get; init; }

    [Id(11)] public string? Snapshot { get; init; }

    [Id(12)] public int? ExitCode { get; init; }

    [Id(13)] public required string Message { get; init; }

    [Id(14)] public required long Version { get; init; }

    /// <summary>The virtual machine of a run that the service ordered; null for an agent's own.</summary>
    [Id(15)] public string? Vm { get; init; }

    /// <summary>No attempt begins before; null when one runs or may begin.</summary>
    [Id(16)] public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>Why the last attempt failed, or null.</summary>
    [Id(17)] public VmFailure? Failure { get; init; }
}
