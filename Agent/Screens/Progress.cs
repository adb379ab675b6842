namespace BackupOnline.Agent.Screens;

/// <summary>How far a run is, at one instant. Totals of 0 are not known yet; bytes are of the source (backup) or the target (restore).</summary>
internal readonly record struct Progress
{
    public long FilesDone { get; init; }

    public long FilesTotal { get; init; }

    public long BytesDone { get; init; }

    public long BytesTotal { get; init; }

    public long BytesSent { get; init; }

    public long Errors { get; init; }

    public string? Current { get; init; }

    /// <summary>A sentence about the run's pace, or null.</summary>
    public string? Note { get; init; }

    /// <summary>0 to 1; by bytes, or by files when there are no bytes.</summary>
    public double Fraction => BytesTotal > 0 ? Math.Min(1, (double)BytesDone / BytesTotal) : FilesTotal > 0 ? Math.Min(1, (double)FilesDone / FilesTotal) : 0;
}
