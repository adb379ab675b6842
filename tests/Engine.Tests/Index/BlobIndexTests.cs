using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Packs;

namespace BackupOnline.Engine.Tests.Index;

public sealed class BlobIndexTests
{
    private static readonly ObjectId Pack1 = ObjectId.Of([1]);
    private static readonly ObjectId Pack2 = ObjectId.Of([2]);

    [Fact]
    public void A_hundred_thousand_blobs_are_found_again()
    {
        var index = new BlobIndex();
        var blobs = Enumerable.Range(0, 100_000).Select(i => NewBlob(i)).ToList();
        for (var i = 0; i < blobs.Count; i += 1000)
            index.AddPack(ObjectId.Of(BitConverter.GetBytes(i)), blobs[i..(i + 1000)]);

        for (var i = 0; i < blobs.Count; i++)
        {
            Assert.True(index.TryFind(blobs[i].Type, blobs[i].Id, out var found));
            Assert.Equal(Place(ObjectId.Of(BitConverter.GetBytes(i / 1000 * 1000)), blobs[i]), found);
            Assert.False(index.Contains(1 - blobs[i].Type, blobs[i].Id));
        }

        Assert.Equal(100_000, index.Count);
        Assert.Equal(100, index.Packs().Count);
        Assert.Equal(blobs.Select(blob => blob.Id), index.Entries().Select(entry => entry.Id));
    }

    [Theory]
    [InlineData(196_608)] // fullest
    [InlineData(196_609)] // just grown
    [InlineData(500_000)]
    public void A_blob_takes_at_most_60_bytes(int blobs)
    {
        var index = new BlobIndex();
        for (var i = 0; i < blobs; i += 1000)
            index.AddPack(Pack1, [.. Enumerable.Range(i, Math.Min(1000, blobs - i)).Select(number => NewBlob(number))]);

        Assert.Equal(blobs, index.Count);
        Assert.InRange(index.MemoryBytes / (double)blobs, 50, 60);
    }

    [Fact]
    public void Looking_up_allocates_nothing()
    {
        var index = new BlobIndex();
        index.AddPack(Pack1, [NewBlob(1)]);
        var (present, absent) = (NewBlob(1).Id, NewBlob(2).Id);
        index.TryFind(BlobType.Data, present, out _);
        index.Contains(BlobType.Data, absent);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            index.TryFind(BlobType.Data, present, out _);
            index.Contains(BlobType.Data, absent);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_blob_is_reserved_once_and_found_when_its_pack_is_durable()
    {
        var index = new BlobIndex();
        var blob = NewBlob(7);

        Assert.True(index.Reserve(blob.Type, blob.Id));
        Assert.False(index.Reserve(blob.Type, blob.Id));
        Assert.True(index.Contains(blob.Type, blob.Id));
        Assert.False(index.TryFind(blob.Type, blob.Id, out _));
        Assert.Empty(index.Entries());

        index.AddPack(Pack1, [blob]);
        Assert.True(index.TryFind(blob.Type, blob.Id, out var place));
        Assert.Equal(Place(Pack1, blob), place);
        Assert.Equal(1, index.Count);
    }

    [Fact]
    public void A_second_copy_is_kept_and_the_same_copy_is_not()
    {
        var index = new BlobIndex();
        var blob = NewBlob(7);
        index.AddPack(Pack1, [blob]);
        index.AddPack(Pack1, [blob]);
        index.AddPack(Pack2, [blob with { Offset = 99 }]);

        Assert.Equal(1, index.Count);
        Assert.Equal([Place(Pack1, blob), Place(Pack2, blob with { Offset = 99 })], index.FindAll(blob.Type, blob.Id));
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var packs = new List<(ObjectId, IReadOnlyList<PackedBlob>)>
        {
            (Pack1, [.. Enumerable.Range(0, 500).Select(i => NewBlob(i))]),
            (Pack2, [.. Enumerable.Range(500, 3).Select(i => NewBlob(i))]),
        };
        var index = new BlobIndex();

        IndexReader.Read(IndexWriter.Write(packs).Span, index);

        Assert.Equal(
            packs.SelectMany(pack => pack.Item2.Select(blob => new IndexedBlob(blob.Type, blob.Id, Place(pack.Item1, blob)))),
            index.Entries());
    }

    [Fact]
    public void Unknown_fields_any_order_and_null_lists_are_read()
    {
        var id = NewBlob(1).Id;
        var index = new BlobIndex();

        IndexReader.Read(Encoding.UTF8.GetBytes(
            $$"""
            {"supersedes":["x"],"future":{"a":[1,{}]},"packs":[{"blobs":null,"id":"{{Pack2}}"},
             {"blobs":[{"length":100,"new":true,"offset":5,"type":"tree","id":"{{id}}"}],"later":1,"id":"{{Pack1}}"}]}
            """), index);

        Assert.True(index.TryFind(BlobType.Tree, id, out var place));
        Assert.Equal(new BlobLocation(Pack1, 5, 100, 68, false), place);
        Assert.Equal(2, index.Packs().Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"packs\":{}}")]
    [InlineData("{\"packs\":[{}]}")]
    [InlineData("{\"packs\":[7]}")]
    [InlineData("{\"packs\":[{\"id\":\"ab\"}]}")]
    [InlineData("{\"packs\":[{\"id\":\"$\",\"blobs\":[{}]}]}")]
    [InlineData("{\"packs\":[{\"id\":\"$\",\"blobs\":[{\"id\":\"$\",\"type\":\"data\",\"offset\":-1,\"length\":50}]}]}")]
    [InlineData("{\"packs\":[{\"id\":\"$\",\"blobs\":[{\"id\":\"$\",\"type\":\"data\",\"offset\":1,\"length\":31}]}]}")]
    [InlineData("{\"packs\":[{\"id\":\"$\",\"blobs\":[{\"id\":\"$\",\"type\":\"file\",\"offset\":1,\"length\":50}]}]}")]
    [InlineData("{\"packs\":[{\"id\":\"$\",\"blobs\":[{\"id\":\"$\",\"type\":\"data\",\"offset\":1,\"length\":4294967296}]}]}")]
    [InlineData("{\"packs\":[]}{}")]
    public void What_is_no_index_is_refused(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json.Replace("$", Pack1.ToString(), StringComparison.Ordinal));

        var failure = Assert.ThrowsAny<Exception>(() => IndexReader.Read(bytes, new BlobIndex()));

        Assert.True(failure is JsonException or FormatException, failure.ToString());
    }

    [Fact]
    public void A_truncated_index_is_refused_wherever_it_ends()
    {
        var whole = IndexWriter.Write([(Pack1, [NewBlob(1), NewBlob(2)])]).ToArray();
        for (var length = 0; length < whole.Length; length++)
        {
            var failure = Record.Exception(() => IndexReader.Read(whole.AsSpan(0, length), new BlobIndex()));
            Assert.True(failure is JsonException or FormatException, $"cut at {length}: {failure}");
        }
    }

    private static PackedBlob NewBlob(int number)
    {
        var compressed = number % 3 != 0;
        var length = 100 + number;
        return new PackedBlob(
            number % 10 == 0 ? BlobType.Tree : BlobType.Data, BlobId.Of(SHA256.HashData(BitConverter.GetBytes(number))), (uint)number * 7, length, compressed ? number * 5 : length - 32, compressed);
    }

    private static BlobLocation Place(ObjectId pack, PackedBlob blob) => new(pack, blob.Offset, blob.Length, blob.PlainLength, blob.IsCompressed);
}
