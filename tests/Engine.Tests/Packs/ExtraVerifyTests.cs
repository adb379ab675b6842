using System.Security.Cryptography;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Buffers;
using BackupOnline.Engine.Crypto;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Packs;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Engine.Tests.Packs;

public sealed class ExtraVerifyTests : IDisposable
{
    private readonly MemoryStore _store = new();

    public static TheoryData<int> Lengths => [0, 1, 100_000];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_pack_whose_blobs_come_back_is_let_through(int length)
    {
        using var key = MasterKey.NewRandom();
        using var cipher = new RepositoryCipher(key);
        using var buffer = new NativeBuffer(1 << 20);
        var pack = new OpenPack(buffer, cipher);
        var plain = new byte[length];
        pack.Add(BlobType.Data, BlobId.Of(plain), plain, plain.Length, isCompressed: false);
        Add(pack, plain);

        pack.Verify();
    }

    [Fact]
    public void A_bit_that_turned_over_anywhere_in_a_sealed_blob_is_found()
    {
        using var key = MasterKey.NewRandom();
        using var cipher = new RepositoryCipher(key);
        using var buffer = new NativeBuffer(1 << 20);
        var pack = new OpenPack(buffer, cipher);
        Add(pack, RandomNumberGenerator.GetBytes(50));
        Add(pack, new byte[3000]);

        for (var at = 0; at < pack.Length; at++)
        {
            buffer.GetSpan()[at] ^= 4;
            Assert.Equal(RepositoryProblem.Corrupt, Assert.Throws<RepositoryException>(pack.Verify).Problem);
            buffer.GetSpan()[at] ^= 4;
        }

        pack.Verify();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Bytes_that_changed_after_they_were_hashed_are_stored_only_when_nobody_looks(bool verified)
    {
        await using var repository = await Repository.InitAsync(_store, "pw", new RepositoryOptions { ExtraVerify = verified });
        var hashed = BlobId.Of(new byte[] { 1, 2, 3 });
        await repository.SaveBlobAsync(BlobType.Data, hashed, new byte[] { 1, 2, 7 });

        var flush = repository.FlushAsync();

        if (verified)
        {
            var failure = await Assert.ThrowsAsync<RepositoryException>(() => flush);
            Assert.Contains("damaged on this machine before it was sent", failure.Message, StringComparison.Ordinal);
        }
        else
        {
            await flush;
        }

        Assert.Equal(verified ? 0 : 1, await _store.ListAsync(ObjectKind.Data).CountAsync());
    }

    public void Dispose() => _store.Dispose();

    private static void Add(OpenPack pack, byte[] plain)
    {
        var frame = new byte[Zstd.MaxCompressedLength(plain.Length)];
        var length = Zstd.Compress(plain, frame, 2);
        pack.Add(BlobType.Data, BlobId.Of(plain), frame.AsSpan(0, length), plain.Length, isCompressed: true);
    }
}
