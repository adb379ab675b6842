namespace BackupOnline.Grains.Interfaces.Nodes;

/// <summary>What the worker of a storage node does (decision 20).</summary>
[GenerateSerializer, Alias("bo.node.work-kind")]
public enum NodeWorkKind
{
    /// <summary>Make a hot vault's key and repository, seal its key for hosts and persons: seconds.</summary>
    Keys = 0,

    /// <summary>Forget what was ordered, then prune: may take hours, one at a time.</summary>
    Prune = 1,
}
