namespace BackupOnline.StorageNode.Vaults;

/// <summary>How a verified upload ended.</summary>
internal enum CommitOutcome
{
    /// <summary>Durable and visible, for the first time or again.</summary>
    Stored,

    /// <summary>The same bytes were there already.</summary>
    AlreadyThere,

    /// <summary>A config with other bytes is there: nothing changed.</summary>
    ConfigDiffers,

    /// <summary>The upload was only hashed, but its object left meanwhile: the client must send it again.</summary>
    Vanished,
}
