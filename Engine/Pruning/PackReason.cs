namespace BackupOnline.Engine.Pruning;

/// <summary>Why a pack has its fate.</summary>
public enum PackReason
{
    /// <summary>All of it is needed.</summary>
    AllUsed,

    /// <summary>Some of it is not needed.</summary>
    PartlyUsed,

    /// <summary>Some of it is not needed, within the limit of what may stay.</summary>
    WithinUnusedLimit,

    /// <summary>Repacking it would be beyond the bound on repacking.</summary>
    BeyondRepackLimit,

    /// <summary>It holds data, and only packs of trees are repacked.</summary>
    NotCacheable,

    /// <summary>It holds data and trees, which format 2 keeps apart.</summary>
    Mixed,

    /// <summary>It is far below the usual size.</summary>
    Small,

    /// <summary>No snapshot needs anything in it.</summary>
    Unused,

    /// <summary>No index names it: left by a run that was cut off, or of a backup that is at work.</summary>
    Unreferenced,

    /// <summary>It is not in the store.</summary>
    Missing,

    /// <summary>A needed blob in it, or its list of blobs, could not be read: it is left as it is.</summary>
    Damaged,
}
