namespace BackupOnline.Agent.Hosting;

/// <summary>The recovery point that an attempt made.</summary>
internal sealed record PointPart
{
    public required string Snapshot { get; init; }

    public required string Epoch { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Consistency { get; init; }

    public string? FallbackReason { get; init; }

    public required long FrozenMilliseconds { get; init; }

    public required IReadOnlyList<PointDiskPart> Disks { get; init; }

    public required IReadOnlyList<string> Skipped { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }
}
