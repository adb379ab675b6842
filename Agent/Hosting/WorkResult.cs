namespace BackupOnline.Agent.Hosting;

/// <summary>What carrying out an order came to, before it is told to the door.</summary>
internal sealed record WorkResult
{
    public required int ExitCode { get; init; }

    public required string Message { get; init; }

    public string? Snapshot { get; init; }

    public PointPart? Point { get; init; }

    public FailurePart? Failure { get; init; }

    public AuditPart? Audit { get; init; }

    public BootPart? Boot { get; init; }
}
