using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Nodes;

[GenerateSerializer, Immutable, Alias("bo.node.enqueue-work")]
public sealed record EnqueueNodeWork
{
    [Id(0)] public required Caller Caller { get; init; }

    [Id(1)] public required NodeWorkItem Item { get; init; }
}
