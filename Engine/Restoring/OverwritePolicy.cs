namespace BackupOnline.Engine.Restoring;

/// <summary>What becomes of files that are in the target already, as restic 0.17 has it. Folders are always entered.</summary>
public enum OverwritePolicy
{
    /// <summary>They are replaced.</summary>
    Always,

    /// <summary>Those of the same size and modification time are taken for the same and keep their content; their other metadata are restored.</summary>
    IfChanged,

    /// <summary>Those that were modified before the snapshot's file are replaced, others stay as they are.</summary>
    IfNewer,

    /// <summary>They stay as they are, and so do the metadata of folders that are there.</summary>
    Never,
}
