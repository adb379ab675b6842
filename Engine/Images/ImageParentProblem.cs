namespace BackupOnline.Engine.Images;

/// <summary>Why an incremental image cannot be built on its parent.</summary>
public enum ImageParentProblem
{
    /// <summary>No parent was given.</summary>
    NoParent,

    /// <summary>The parent has no file of that name in that folder.</summary>
    NoFile,

    /// <summary>Its file has another size: the disk was grown or shrunk.</summary>
    SizeDiffers,

    /// <summary>Its file was cut at other places, by another program.</summary>
    BlocksDiffer,

    /// <summary>Blocks of it, or the list of them, are no longer in the repository.</summary>
    BlocksLost,
}
