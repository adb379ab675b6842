using BackupOnline.Grains.Interfaces.Replies;

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
}
