using BackupOnline.Engine.Archiving;

namespace BackupOnline.Engine.Restoring;

/// <summary>What a restore did. With <see cref="ErrorCount"/> above zero something is missing or lacks metadata (exit code 1; 22 with <see cref="DamageCount"/> above zero).</summary>
public sealed record RestoreResult
{
    /// <summary>Regular files that are there whole, hard links included; one of them may lack metadata, which is then an error.</summary>
    public required long Files { get; init; }

    /// <summary>Regular files that were to be restored, those that failed included. Files below a folder that could not be read are not known.</summary>
    public required long FilesWanted { get; init; }

    /// <summary>Folders, symlinks, devices and fifos that are there.</summary>
    public required long OtherItems { get; init; }

    /// <summary>Bytes of the files that are there whole, holes included; hard links once.</summary>
    public required long Bytes { get; init; }

    /// <summary>Bytes of the files that were to be restored, by the snapshot; hard links once.</summary>
    public required long BytesWanted { get; init; }

    /// <summary>Regular files that stayed as they were, as <see cref="RestoreOptions.Overwrite"/> says.</summary>
    public required long FilesSkipped { get; init; }

    /// <summary>Bytes of these, by the snapshot.</summary>
    public required long BytesSkipped { get; init; }

    /// <summary>Files that were read again and hold what they should.</summary>
    public required long FilesVerified { get; init; }

    /// <summary>Items that were removed because the snapshot does not have them; a folder counts once.</summary>
    public required long Deleted { get; init; }

    public required TimeSpan Duration { get; init; }

    public required long ErrorCount { get; init; }

    /// <summary>How many of the errors mean that stored data is missing or damaged.</summary>
    public required long DamageCount { get; init; }

    /// <summary>The first 1000 errors.</summary>
    public required IReadOnlyList<ItemError> Errors { get; init; }
}
