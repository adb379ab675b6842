using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Pruning;

/// <summary>One line of a plan. Bytes of blobs are those of the sealed blobs.</summary>
/// <param name="Pack">The pack.</param>
/// <param name="Fate">What becomes of it.</param>
/// <param name="Reason">Why.</param>
/// <param name="StoredBytes">Its size in the store; 0 when it is not there.</param>
/// <param name="UsedBlobs">Blobs in it that are needed and that it alone is kept for.</param>
/// <param name="UsedBytes">Their bytes.</param>
/// <param name="UnusedBlobs">Blobs that nothing needs, and copies of blobs that stay elsewhere.</param>
/// <param name="UnusedBytes">Their bytes.</param>
public sealed record PackDecision(
    ObjectId Pack, PackFate Fate, PackReason Reason, long StoredBytes, int UsedBlobs, long UsedBytes, int UnusedBlobs, long UnusedBytes)
{
    internal static PackDecision Of(PackUse use, PackFate fate, PackReason reason) =>
        new(use.Pack, fate, reason, use.StoredBytes ?? 0, use.UsedBlobs, use.UsedBytes, use.UnusedBlobs, use.UnusedBytes);
}
