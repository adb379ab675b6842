namespace BackupOnline.Grains.Interfaces.Nodes;

[GenerateSerializer, Immutable, Alias("bo.node.renew-work")]
public sealed record RenewNodeWork
{
    [Id(0)] public required NodeWorkItem Item { get; init; }

    [Id(1)] public required int Attempt { get; init; }
}
