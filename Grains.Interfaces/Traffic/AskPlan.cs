namespace BackupOnline.Grains.Interfaces.Traffic;

/// <summary>A run asks how to send, at its start and at the start of each slot.</summary>
[GenerateSerializer, Immutable, Alias("bo.traffic.ask-plan")]
public sealed record AskPlan
{
    /// <summary>Id of a run that is under way.</summary>
    [Id(0)] public required string Job { get; init; }
}
