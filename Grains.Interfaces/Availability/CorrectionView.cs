namespace BackupOnline.Grains.Interfaces.Availability;

/// <summary>A correction as it is kept. A later one wins where two overlap.</summary>
[GenerateSerializer, Immutable, Alias("bo.availability.correction")]
public sealed record CorrectionView
{
    /// <summary>1 for the tenant's first.</summary>
    [Id(0)] public required int Number { get; init; }

    [Id(1)] public required DateTimeOffset From { get; init; }

    [Id(2)] public required DateTimeOffset Until { get; init; }

    [Id(3)] public required OutageCause Cause { get; init; }

    [Id(4)] public required bool Declared { get; init; }

    [Id(5)] public required string Reason { get; init; }

    [Id(6)] public required string Actor { get; init; }

    [Id(7)] public required DateTimeOffset At { get; init; }

    /// <summary>The month was sealed already: it stands beside the seal, and its credit is a separate one.</summary>
    [Id(8)] public required bool AfterSeal { get; init; }
}
