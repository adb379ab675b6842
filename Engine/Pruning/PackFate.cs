namespace BackupOnline.Engine.Pruning;

/// <summary>What becomes of a pack.</summary>
public enum PackFate
{
    /// <summary>It stays as it is.</summary>
    Keep,

    /// <summary>What is needed of it is copied into new packs; then it is not needed any more.</summary>
    Repack,

    /// <summary>It is removed.</summary>
    Remove,

    /// <summary>It is not needed; it carries a mark, and a later prune removes it when its grace time is over.</summary>
    Wait,

    /// <summary>It is not there any more and not needed: the index forgets it.</summary>
    Forget,
}
