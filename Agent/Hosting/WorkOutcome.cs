using BackupOnline.Agent.Door;

namespace BackupOnline.Agent.Hosting;

/// <summary>The last word of an attempt. The message is at most 500 characters and holds no secret.</summary>
internal sealed record WorkOutcome
{
    public required int Attempt { get; init; }

    /// <summary>0 done, 3 done with something left out, anything else failed.</summary>
    public required int ExitCode { get; init; }

    public string? Snapshot { get; init; }

    public string? Message { get; init; }

    public JobProgress? Progress { get; init; }

    public PointPart? Point { get; init; }

    public FailurePart? Failure { get; init; }

    public AuditPart? Audit { get; init; }

    public BootPart? Boot { get; init; }
}
