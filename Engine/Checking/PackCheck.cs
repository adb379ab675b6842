using System.Buffers.Binary;
using BackupOnline.Engine.Buffers;
using BackupOnline.Engine.Crypto;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Packs;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Checking;

/// <summary>Reads packs whole: hash, header against the index, and every blob.</summary>
internal sealed class PackCheck(Repository repository, CheckOptions options, CheckProgress progress, CheckLog log)
{
    /// <summary>Far above what any client writes; such a pack would not fit in memory.</summary>
    private const long MaxPackBytes = 1L << 30;

    private long _bytesRead;

    public long BytesRead => Interlocked.Read(ref _bytesRead);

    public async Task RunAsync(IReadOnlyCollection<KeyValuePair<ObjectId, PackFacts>> packs, CancellationToken cancellationToken)
    {
        progress.PacksPlanned(packs.Count);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.ReadConcurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(packs, parallel, async (pack, cancel) => await ReadAsync(pack.Key, pack.Value, cancel));
    }

    private async Task ReadAsync(ObjectId id, PackFacts facts, CancellationToken cancellationToken)
    {
        var name = new ObjectName(ObjectKind.Data, id);
        var stored = facts.StoredLength ?? 0;
        if (stored > MaxPackBytes)
        {
            log.Add(CheckFindingKind.WrongPackLength, name.ToString(), $"The pack {name} has {stored} bytes, more than any client writes. Put it back from a copy of the repository.");
            return;
        }

        var length = (int)stored;
        using var buffer = NativeBuffers.RentForPack(length);
        try
        {
            await repository.Store.ReadRangeAsync(name, 0, buffer.Memory, cancellationToken);
            Interlocked.Add(ref _bytesRead, length);
            Judge(id, facts, buffer.Span, cancellationToken);
        }
        catch (RepositoryException e) when (e.IsOfOneObject)
        {
            log.Add(CheckFindingKind.UnreadableObject, name.ToString(), e.Message);
        }
        finally
        {
            progress.PackDone(length);
        }
    }

    private void Judge(ObjectId id, PackFacts facts, ReadOnlySpan<byte> pack, CancellationToken cancellationToken)
    {
        var name = new ObjectName(ObjectKind.Data, id).ToString();
        if (ObjectId.Of(pack) != id)
            log.Add(CheckFindingKind.WrongPackHash, name, $"The bytes of the pack {name} do not have the hash that names it. Put it back from a copy of the repository.");

        var header = TryHeader(id, pack, name);
        IReadOnlyList<IndexedBlob> blobs = header ?? Indexed(id);
        if (header is not null && !PackFacts.Of(header).Matches(facts) && !Indexed(id).ToHashSet().SetEquals(header))
        {
            log.Add(
                CheckFindingKind.WrongPackHeader,
                name,
                $"The pack {name} lists other blobs than the index. Rebuild the index with 'repair index'.");
        }

        foreach (var blob in blobs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TryBlob(blob, pack);
        }
    }

    private List<IndexedBlob>? TryHeader(ObjectId id, ReadOnlySpan<byte> pack, string name)
    {
        try
        {
            if (pack.Length < PackHeader.TrailerBytes + RepositoryCipher.Overhead)
                throw PackHeader.Broken(id);
            var sealedLength = BinaryPrimitives.ReadUInt32LittleEndian(pack[^PackHeader.TrailerBytes..]);
            var offset = pack.Length - PackHeader.TrailerBytes - sealedLength;
            if (sealedLength is < RepositoryCipher.Overhead or > PackHeader.MaxSealedBytes || offset < 0)
                throw PackHeader.Broken(id);
            var plain = repository.Cipher.TryOpen(pack.Slice((int)offset, (int)sealedLength)) ?? throw PackHeader.Broken(id);
            return PackHeader.Parse(id, plain, offset);
        }
        catch (RepositoryException e)
        {
            log.Add(CheckFindingKind.WrongPackHeader, name, e.Message);
            return null;
        }
    }

    private void TryBlob(in IndexedBlob blob, ReadOnlySpan<byte> pack)
    {
        var (offset, length) = (blob.Location.Offset, blob.Location.Length);
        try
        {
            Damaged.ThrowIfImpossible(blob);
            using var plain = NativeBuffers.RentForBlob(blob.Location.PlainLength);
            if (offset + (long)length > pack.Length)
                throw Damaged.Blob(blob.Type, blob.Id, blob.Location.Pack, "it lies beyond the pack's end");
            repository.DecodeBlob(blob, pack.Slice((int)offset, length), plain.Span);
        }
        catch (RepositoryException e)
        {
            log.Add(CheckFindingKind.DamagedBlob, blob.Id.ToString(), e.Message);
        }
    }

    /// <summary>What the index has of the pack: a scan, for the rare pack that does not agree.</summary>
    private List<IndexedBlob> Indexed(ObjectId id) => [.. repository.Index.Entries().Where(blob => blob.Location.Pack == id).Distinct()];
}
