namespace BackupOnline.Grains.Interfaces.Nodes;

/// <summary>A piece of work in the queue of a node.</summary>
[GenerateSerializer, Immutable, Alias("bo.node.work-view")]
public sealed record NodeWorkView
{
    [Id(0)] public required NodeWorkItem Item { get; init; }

    [Id(1)] public required NodeWorkStanding Standing { get; init; }

    /// <summary>The number of the last lease, unique on the node: words about an earlier one are refused. 0 before the first.</summary>
    [Id(2)] public required int Attempt { get; init; }

    /// <summary>Attempts that failed or fell silent since the last one that was done.</summary>
    [Id(3)] public required int Faults { get; init; }

    [Id(4)] public required DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>Not offered before.</summary>
    [Id(5)] public required DateTimeOffset NotBefore { get; init; }

    [Id(6)] public DateTimeOffset? LeaseEndsAt { get; init; }

    /// <summary>Since when it is an incident, in the logs of the tenant and of the provider; null while it is not.</summary>
    [Id(7)] public DateTimeOffset? StuckSince { get; init; }

    /// <summary>Why the last attempt was not done.</summary>
    [Id(8)] public string? Code { get; init; }

    [Id(9)] public string? Advice { get; init; }
}
