namespace BackupOnline.Engine.Repairing;

/// <summary>What a repair does to an item of a snapshot.</summary>
public enum TreeChange
{
    /// <summary>Lost pieces are taken out of a file, which is shorter then.</summary>
    PiecesLost,

    /// <summary>A folder's list of items is lost: the folder is empty then.</summary>
    FolderLost,
}
