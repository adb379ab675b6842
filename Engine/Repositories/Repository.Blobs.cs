using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Buffers;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Packs;

namespace BackupOnline.Engine.Repositories;

public sealed partial class Repository
{
    /// <summary>
    /// Saves a blob unless the repository, or another saver in this run, has it. Waits when uploads do not keep up, so memory stays bounded.
    /// The bytes may be reused when it returns. Durable only after <see cref="FlushAsync"/>.
    /// After a failed upload or a cancelled save every further save and flush throws that failure.
    /// </summary>
    public ValueTask<SavedBlob> SaveBlobAsync(BlobType type, ReadOnlyMemory<byte> plain, CancellationToken cancellationToken = default) =>
        SaveBlobAsync(type, BlobId.Of(plain.Span), plain, cancellationToken);

    /// <summary>As the other overload for a caller that has hashed the bytes already: <paramref name="id"/> must be their SHA-256.</summary>
    public async ValueTask<SavedBlob> SaveBlobAsync(BlobType type, BlobId id, ReadOnlyMemory<byte> plain, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _packs.ThrowIfFailed();
        if (!Index.Reserve(type, id))
            return new SavedBlob(id, false, 0);
        if (plain.IsEmpty || (type == BlobType.Data && Options.Compression == Compression.Off))
            return new SavedBlob(id, true, await _packs.AddAsync(type, id, plain, plain.Length, false, cancellationToken));

        using var frame = NativeBuffers.RentForBlob(Zstd.MaxCompressedLength(plain.Length));
        var length = Compress(plain.Span, frame.Span);
        // zstd passes over what it cannot compress at many GB/s: no test beforehand.
        var stored = length < plain.Length
            ? await _packs.AddAsync(type, id, frame.Memory[..length], plain.Length, true, cancellationToken)
            : await _packs.AddAsync(type, id, plain, plain.Length, false, cancellationToken);
        return new SavedBlob(id, true, stored);
    }

    /// <summary>
    /// Reads a blob; MAC and hash are verified, and when one copy is damaged the others in the index are tried. NotFound or Corrupt name blob and pack.
    /// The index must be loaded; a blob saved in this run can be read after <see cref="FlushAsync"/>.
    /// </summary>
    public async ValueTask<byte[]> LoadBlobAsync(BlobType type, BlobId id, CancellationToken cancellationToken = default)
    {
        byte[] plain = [];
        await LoadBlobAsync(type, id, length => plain = new byte[length], cancellationToken);
        return plain;
    }

    /// <summary>A tree in a lent buffer: for walks over many, whose arrays would be large garbage beside a large index.</summary>
    internal async ValueTask<RentedBuffer> LoadTreeAsync(BlobId id, CancellationToken cancellationToken = default)
    {
        RentedBuffer? plain = null;
        try
        {
            await LoadBlobAsync(BlobType.Tree, id, Rent, cancellationToken);
            return plain!.Value;
        }
        catch
        {
            plain?.Dispose();
            throw;
        }

        // Again for another copy.
        Memory<byte> Rent(int length)
        {
            plain?.Dispose();
            plain = null;
            var buffer = NativeBuffers.RentForTree(length);
            plain = buffer;
            return buffer.Memory;
        }
    }

    /// <param name="type">Data or tree.</param>
    /// <param name="id">The blob.</param>
    /// <param name="room">Asked for exactly as many bytes as the plain blob has, for each copy that is tried.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    private async ValueTask LoadBlobAsync(BlobType type, BlobId id, Func<int, Memory<byte>> room, CancellationToken cancellationToken)
    {
        if (!Index.TryFind(type, id, out var first))
            throw new RepositoryException(
                RepositoryProblem.NotFound,
                $"The {Damaged.Noun(type)} blob {id} is in no index file of the repository at {Store.Location}. Run 'check' to see which snapshots need it.");
        try
        {
            await LoadFromAsync(new IndexedBlob(type, id, first), room, cancellationToken);
        }
        catch (RepositoryException e) when (e.IsOfOneObject)
        {
            foreach (var other in Index.FindAll(type, id).Where(place => place != first))
            {
                try
                {
                    await LoadFromAsync(new IndexedBlob(type, id, other), room, cancellationToken);
                    Options.OnNotice?.Invoke($"{e.Message} Another copy of it in pack data/{other.Pack} was used.");
                    return;
                }
                catch (RepositoryException again) when (again.IsOfOneObject)
                {
                    // The first failure is told if no copy is left.
                }
            }

            throw;
        }
    }

    /// <summary>
    /// For callers that read packs themselves (restore, check): opens one sealed blob, exactly <see cref="BlobLocation.Length"/> bytes,
    /// into exactly <see cref="BlobLocation.PlainLength"/> bytes; verifies MAC, length and hash. Corrupt otherwise.
    /// </summary>
    public void DecodeBlob(in IndexedBlob blob, ReadOnlySpan<byte> sealedBytes, Span<byte> plain)
    {
        var (type, id, place) = blob;
        ArgumentOutOfRangeException.ThrowIfNotEqual(sealedBytes.Length, place.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(plain.Length, place.PlainLength);
        if (BlobDecoder.Decode(Cipher, id, place.IsCompressed, sealedBytes, plain) is { } wrong)
            throw Damaged.Blob(type, id, place.Pack, wrong);
    }

    /// <summary>The blobs that a pack's own header lists, in pack order. Corrupt when the header cannot be read or does not fit the pack's length.</summary>
    public Task<IReadOnlyList<IndexedBlob>> ReadPackHeaderAsync(ObjectId pack, long packLength, CancellationToken cancellationToken = default) =>
        PackHeaderReader.ReadAsync(Store, Cipher, pack, packLength, cancellationToken);

    /// <summary>
    /// Makes everything saved so far durable: closes and uploads the open packs, then writes the index. No save may be under way.
    /// </summary>
    public Task FlushAsync(CancellationToken cancellationToken = default) => _packs.FlushAsync(cancellationToken);

    private async ValueTask LoadFromAsync(IndexedBlob blob, Func<int, Memory<byte>> room, CancellationToken cancellationToken)
    {
        Damaged.ThrowIfImpossible(blob);
        using var sealedBytes = NativeBuffers.RentForBlob(blob.Location.Length);
        if (blob.Type == BlobType.Tree)
            await _trees.ReadAsync(blob.Location, Index.EndOf(blob.Location.Pack), sealedBytes.Memory, cancellationToken);
        else
            await Store.ReadRangeAsync(new ObjectName(ObjectKind.Data, blob.Location.Pack), blob.Location.Offset, sealedBytes.Memory, cancellationToken);
        DecodeBlob(blob, sealedBytes.Span, room(blob.Location.PlainLength).Span);
    }

    private int Compress(ReadOnlySpan<byte> plain, Span<byte> frame)
    {
        try
        {
            return Zstd.Compress(plain, frame, Options.Compression == Compression.Max ? 12 : 2);
        }
        catch (Exception e)
        {
            _packs.Fail(e);
            throw;
        }
    }
}
