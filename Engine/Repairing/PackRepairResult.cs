using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Repairing;

/// <summary>What a repair of packs found and did.</summary>
/// <param name="Salvaged">Blobs that are whole and lie in new packs now.</param>
/// <param name="Lost">Blobs that lie nowhere any more: <c>repair snapshots</c> takes them out of the snapshots.</param>
public sealed record PackRepairResult(int Salvaged, IReadOnlyList<BlobId> Lost);
