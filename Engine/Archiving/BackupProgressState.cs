using BackupOnline.Engine.Files;

namespace BackupOnline.Engine.Archiving;

/// <summary>A reading of <see cref="BackupProgress"/>.</summary>
public sealed record BackupProgressState
{
    /// <summary>Files counted so far.</summary>
    public required long FilesTotal { get; init; }

    /// <summary>Bytes of the files counted so far.</summary>
    public required long BytesTotal { get; init; }

    /// <summary>Whether the totals are final.</summary>
    public required bool TotalsKnown { get; init; }

    public required long FilesDone { get; init; }

    /// <summary>Bytes of files read, or found unchanged.</summary>
    public required long BytesDone { get; init; }

    /// <summary>Plain bytes of new blobs.</summary>
    public required long BytesAdded { get; init; }

    /// <summary>Bytes that the new blobs take in packs: what is sent.</summary>
    public required long BytesStored { get; init; }

    public required long Errors { get; init; }

    /// <summary>Files being read right now.</summary>
    public required IReadOnlyList<RawPath> CurrentFiles { get; init; }
}
