namespace BackupOnline.Grains.Interfaces.Jobs;

/// <summary>How far a run is. Also the payload of the memory stream <see cref="StreamNamespace"/>, stream key = job id: a hint for screens, never the truth.</summary>
[GenerateSerializer, Immutable, Alias("bo.job.progress")]
public sealed record JobProgress
{
    public const string StreamNamespace = "job-progress";

    /// <summary>Files done and found so far.</summary>
    [Id(0)] public long FilesDone { get; init; }

    [Id(1)] public long FilesTotal { get; init; }

    /// <summary>Bytes of source read, and found so far.</summary>
    [Id(2)] public long BytesDone { get; init; }

    [Id(3)] public long BytesTotal { get; init; }

    /// <summary>Bytes sent to the shelf.</summary>
    [Id(4)] public long BytesSent { get; init; }

    /// <summary>Sources that could not be read so far.</summary>
    [Id(5)] public long Errors { get; init; }
}
