using BackupOnline.Engine.Archiving;

namespace BackupOnline.Engine.Restoring;

/// <summary>What a restore did. With <see cref="ErrorCount"/> above zero something is missing or lacks metadata (exit code 1).</summary>
public sealed record RestoreResult
{
    /// <summary>Regular files, hard links included.</summary>
    public required long Files { get; init; }

    /// <summary>Folders, symlinks, devices and fifos.</summary>
    public required long OtherItems { get; init; }

    /// <summary>Bytes of the restored files, holes included.</summary>
    public required long Bytes { get; init; }

    public required TimeSpan Duration { get; init; }

    public required long ErrorCount { get; init; }

    /// <summary>The first 1000 errors.</summary>
    public required IReadOnlyList<ItemError> Errors { get; init; }
}
