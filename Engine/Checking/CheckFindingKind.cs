namespace BackupOnline.Engine.Checking;

/// <summary>The closed list of what a check can find.</summary>
public enum CheckFindingKind
{
    /// <summary>No index names the pack: left by a run that was cut off. A notice, no error.</summary>
    UnreferencedPack,

    /// <summary>An index file cannot be read.</summary>
    DamagedIndex,

    /// <summary>The index names a pack that is not there.</summary>
    MissingPack,

    /// <summary>The pack's length does not fit what the index says of it.</summary>
    WrongPackLength,

    /// <summary>The pack's bytes do not have the hash that names it.</summary>
    WrongPackHash,

    /// <summary>The pack's own header cannot be read, or lists other blobs than the index.</summary>
    WrongPackHeader,

    /// <summary>A blob cannot be decrypted, or is not what its id says.</summary>
    DamagedBlob,

    /// <summary>A snapshot cannot be read.</summary>
    DamagedSnapshot,

    /// <summary>A tree cannot be read.</summary>
    DamagedTree,

    /// <summary>A tree names a blob that the index does not have.</summary>
    MissingBlob,

    /// <summary>A key file cannot be read: its password opens the repository no more.</summary>
    DamagedKey,

    /// <summary>The store could not give the object, though it listed it.</summary>
    UnreadableObject,
}
