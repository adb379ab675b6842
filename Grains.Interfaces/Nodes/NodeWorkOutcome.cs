namespace BackupOnline.Grains.Interfaces.Nodes;

/// <summary>How an attempt ended.</summary>
[GenerateSerializer, Alias("bo.node.work-outcome")]
public enum NodeWorkOutcome
{
    Done = 0,

    /// <summary>Somebody else is at work on the vault: later, and no fault.</summary>
    Busy = 1,

    /// <summary>May succeed when it is tried again.</summary>
    Failed = 2,

    /// <summary>A person has to put something right first: an incident at once. It is tried again all the same.</summary>
    NeedsOperator = 3,
}
