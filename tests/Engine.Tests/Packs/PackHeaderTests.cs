using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Crypto;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Packs;
using BackupOnline.Engine.Repositories;
using CsCheck;

namespace BackupOnline.Engine.Tests.Packs;

public sealed class PackHeaderTests
{
    private static readonly ObjectId Pack = ObjectId.Of([1]);

    [Fact]
    public void Its_bytes_are_those_of_the_format()
    {
        using var key = MasterKey.NewRandom();
        using var cipher = new RepositoryCipher(key);
        var (data, tree) = (BlobId.Of([1]), BlobId.Of([2]));
        var header = new byte[200];

        var length = PackHeader.Write(cipher, [new PackedBlob(BlobType.Data, data, 0, 0x1234, 0x1214, false), new PackedBlob(BlobType.Tree, tree, 0x1234, 40, 0x0506, true)], header);

        Assert.Equal(37 + 41 + 32 + 4, length);
        Assert.Equal("6E000000", Convert.ToHexString(header.AsSpan(length - 4, 4)));
        Assert.Equal($"0034120000{data}0328000000060500 00{tree}".Replace(" ", "", StringComparison.Ordinal), Convert.ToHexStringLower(cipher.TryOpen(header.AsSpan(0, length - 4))!));
    }

    [Fact]
    public void What_was_written_is_read()
    {
        using var key = MasterKey.NewRandom();
        using var cipher = new RepositoryCipher(key);
        var blobs = (from type in Gen.Int[0, 1] from length in Gen.Int[32, 1_000_000] from plain in Gen.Int[1, 9_000_000] from compressed in Gen.Bool select (type, length, plain, compressed)).Array[0, 50];

        blobs.Sample(drawn =>
        {
            uint offset = 0;
            var packed = new List<PackedBlob>();
            foreach (var (type, length, plain, compressed) in drawn)
            {
                packed.Add(new PackedBlob((BlobType)type, BlobId.Of(BitConverter.GetBytes(offset)), offset, length, compressed ? plain : length - 32, compressed));
                offset += (uint)length;
            }

            var header = new byte[PackHeader.MaxBytes(packed.Count)];
            var written = PackHeader.Write(cipher, packed.ToArray(), header);
            var read = PackHeader.Parse(Pack, cipher.TryOpen(header.AsSpan(0, written - 4)), offset);
            return read.SequenceEqual(packed.Select(blob => new IndexedBlob(blob.Type, blob.Id, new BlobLocation(Pack, blob.Offset, blob.Length, blob.PlainLength, blob.IsCompressed))));
        });
    }

    [Fact]
    public void Any_other_bytes_are_corrupt_or_a_list_that_fits() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Long[0, 100_000]).Sample((plain, headerOffset) =>
        {
            try
            {
                return PackHeader.Parse(Pack, plain, headerOffset).Sum(blob => (long)blob.Location.Length) == headerOffset;
            }
            catch (RepositoryException e)
            {
                return e.Problem == RepositoryProblem.Corrupt;
            }
        });
}
