namespace BackupOnline.Engine.Pruning;

/// <summary>What a prune did.</summary>
public sealed record PruneResult
{
    /// <summary>Packs that are gone, those that were repacked among them.</summary>
    public long RemovedPacks { get; init; }

    /// <summary>Their bytes in the store.</summary>
    public long RemovedBytes { get; init; }

    public long RepackedPacks { get; init; }

    public long NewPacks { get; init; }

    /// <summary>Bytes of the new packs.</summary>
    public long NewBytes { get; init; }

    /// <summary>Packs that carry a mark and wait for their grace time.</summary>
    public long WaitingPacks { get; init; }

    /// <summary>Their bytes in the store.</summary>
    public long WaitingBytes { get; init; }

    /// <summary>There was no room for new packs, so nothing was repacked.</summary>
    public bool HadNoRoomToRepack { get; init; }

    /// <summary>Packs that could not be read whole and were left as they are; a sentence for each.</summary>
    public IReadOnlyList<string> Damaged { get; init; } = [];
}
