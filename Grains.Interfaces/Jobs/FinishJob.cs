using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.VirtualMachines;

namespace BackupOnline.Grains.Interfaces.Jobs;

[GenerateSerializer, Immutable, Alias("bo.job.finish")]
public sealed record FinishJob
{
    [Id(0)] public required Caller Caller { get; init; }

    [Id(1)] public required int Attempt { get; init; }

    /// <summary>The agent's exit code: 0 succeeded, 3 partial, anything else failed.</summary>
    [Id(2)] public required int ExitCode { get; init; }

    /// <summary>Id of the snapshot that was made, or null.</summary>
    [Id(3)] public string? Snapshot { get; init; }

    /// <summary>One sentence for a person; at most 500 characters; no secret.</summary>
    [Id(4)] public string Message { get; init; } = "";

    [Id(5)] public JobProgress? Progress { get; init; }

    /// <summary>The recovery point that a backup of a virtual machine made.</summary>
    [Id(6)] public VmPoint? Point { get; init; }

    /// <summary>Why it failed; decides with whether and when it is tried again.</summary>
    [Id(7)] public VmFailure? Failure { get; init; }

    [Id(8)] public VmAudit? Audit { get; init; }

    [Id(9)] public VmBoot? Boot { get; init; }
}
