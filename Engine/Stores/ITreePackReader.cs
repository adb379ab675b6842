using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Stores;

/// <summary>A store that treats packs of trees in its own way, since they are read again and again. The contract is that of a read of a range.</summary>
internal interface ITreePackReader
{
    /// <summary>As <see cref="IRepositoryStore.ReadRangeAsync"/>, from a pack that holds trees.</summary>
    Task ReadTreeRangeAsync(ObjectName pack, long offset, Memory<byte> buffer, CancellationToken cancellationToken);
}
