namespace BackupOnline.Grains.Interfaces.Nodes;

[GenerateSerializer, Immutable, Alias("bo.node.work-offer")]
public sealed record NodeWorkOffer
{
    /// <summary>Leased to the asker now; null when nothing is due.</summary>
    [Id(0)] public NodeWorkView? Work { get; init; }
}
