namespace BackupOnline.Agent.Door;

/// <summary>How far the run is; counts since its start.</summary>
internal sealed record JobProgress(long FilesDone, long FilesTotal, long BytesDone, long BytesTotal, long BytesSent, long Errors);
