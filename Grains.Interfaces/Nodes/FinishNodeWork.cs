namespace BackupOnline.Grains.Interfaces.Nodes;

[GenerateSerializer, Immutable, Alias("bo.node.finish-work")]
public sealed record FinishNodeWork
{
    [Id(0)] public required NodeWorkItem Item { get; init; }

    [Id(1)] public required int Attempt { get; init; }

    [Id(2)] public required NodeWorkOutcome Outcome { get; init; }

    /// <summary>Why it is not done, stable and kebab-case; null when it is.</summary>
    [Id(3)] public string? Code { get; init; }

    /// <summary>For a person: what is wrong and what to do, at most 1000 characters. Holds no secret.</summary>
    [Id(4)] public string? Advice { get; init; }
}
