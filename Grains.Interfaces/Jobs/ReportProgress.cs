using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Jobs;

[GenerateSerializer, Immutable, Alias("bo.job.report")]
public sealed record ReportProgress
{
    [Id(0)] public required Caller Caller { get; init; }

    [Id(1)] public required int Attempt { get; init; }

    [Id(2)] public required JobProgress Progress { get; init; }
}
