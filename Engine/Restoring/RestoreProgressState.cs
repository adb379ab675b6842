namespace BackupOnline.Engine.Restoring;

/// <summary>A reading of <see cref="RestoreProgress"/>.</summary>
public sealed record RestoreProgressState
{
    public required long FilesTotal { get; init; }

    public required long BytesTotal { get; init; }

    /// <summary>Whether the totals are final.</summary>
    public required bool TotalsKnown { get; init; }

    public required long FilesDone { get; init; }

    public required long BytesDone { get; init; }

    public required long Errors { get; init; }
}
