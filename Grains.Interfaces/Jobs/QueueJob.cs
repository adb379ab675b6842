namespace BackupOnline.Grains.Interfaces.Jobs;

/// <summary>A VirtualMachine orders a run. The job's id makes it idempotent.</summary>
[GenerateSerializer, Immutable, Alias("bo.job.queue")]
public sealed record QueueJob
{
    /// <summary>Who wants it, for the log.</summary>
    [Id(0)] public required Replies.Caller Caller { get; init; }

    [Id(1)] public required JobKind Kind { get; init; }

    [Id(2)] public required string Host { get; init; }

    [Id(3)] public required string Vault { get; init; }

    [Id(4)] public required string Vm { get; init; }

    [Id(5)] public required string MachineId { get; init; }

    /// <summary>No attempt begins from this instant on.</summary>
    [Id(6)] public required DateTimeOffset Until { get; init; }

    /// <summary>Why it was ordered, stable: <c>due</c>, <c>catch-up</c>, <c>run-now</c>.</summary>
    [Id(7)] public required string Reason { get; init; }
}
