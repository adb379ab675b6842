using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Index;

/// <summary>Where a blob lies.</summary>
/// <param name="Pack">The pack, an object of kind <see cref="ObjectKind.Data"/>.</param>
/// <param name="Offset">First byte of the sealed blob in the pack.</param>
/// <param name="Length">Bytes of the sealed blob: nonce, ciphertext and MAC.</param>
/// <param name="PlainLength">Bytes of the blob as it was saved.</param>
/// <param name="IsCompressed">Whether the sealed bytes hold a zstd frame.</param>
public readonly record struct BlobLocation(ObjectId Pack, uint Offset, int Length, int PlainLength, bool IsCompressed);
