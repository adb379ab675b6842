using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Repairing;

/// <summary>What a repair of the index found and did.</summary>
public sealed record IndexRepairResult
{
    /// <summary>Index files that could not be read and were removed.</summary>
    public required IReadOnlyList<ObjectId> DamagedFiles { get; init; }

    /// <summary>Packs that the index named and that are not there: it names them no more.</summary>
    public required IReadOnlyList<ObjectId> MissingPacks { get; init; }

    /// <summary>Packs that are named now by their own list of blobs.</summary>
    public required IReadOnlyList<ObjectId> ReadPacks { get; init; }

    /// <summary>Packs whose own list of blobs cannot be read; what the index knew of them stays.</summary>
    public required IReadOnlyList<ObjectId> UnreadablePacks { get; init; }

    public bool ChangedNothing => DamagedFiles.Count == 0 && MissingPacks.Count == 0 && ReadPacks.Count == 0;
}
