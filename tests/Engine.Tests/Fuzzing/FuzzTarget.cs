using System.Buffers;
using System.Text;
using System.Text.Json;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Crypto;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Filters;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Keys;
using BackupOnline.Engine.Packs;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Tests.Fuzzing;

/// <summary>A parser of bytes that we did not write ourselves, honest input for it, and the one way in which it may refuse.</summary>
internal sealed record FuzzTarget(byte[][] Honest, Action<byte[]> Parse, Type[] MayThrow)
{
    private static readonly ObjectId s_pack = ObjectId.Of("pack"u8);

    public static IReadOnlyDictionary<string, Func<FuzzTarget>> All { get; } = new Dictionary<string, Func<FuzzTarget>>
    {
        ["index"] = () => new([Utf8(Index)], json => IndexReader.Read(json, new BlobIndex()), [typeof(JsonException), typeof(FormatException)]),
        ["tree"] = () => new([Utf8(Tree), Utf8("""{"nodes":[]}""" + "\n")], ReadTree, [typeof(TreeFormatException)]),
        ["snapshot"] = () => new([Utf8(Snapshot)], json => Repository.Parse(new ObjectName(ObjectKind.Snapshot, s_pack), json), [typeof(RepositoryException)]),
        ["config"] = () => new([Utf8(Config)], json => RepositoryDoor.Parse(json), [typeof(RepositoryException)]),
        ["key"] = () => new([Utf8(Key)], ReadKey, []),
        ["pack header"] = PackHeaders,
        ["sealed object"] = SealedObjects,
        ["zstd frame"] = () => new([Frame(new byte[100_000]), Frame(Utf8(Tree))], frame => Assert.False(Zstd.Decompress(frame, 1 << 20) is { Length: > 1 << 20 }), []),
        ["listing with sizes"] = () => new([Utf8(Listing)], json => RestListing.ReadSized(json, ObjectKind.Data, "here"), [typeof(RepositoryException)]),
        ["listing of names"] = () => new([Utf8($"""["{s_pack}","x"]""")], json => RestListing.ReadNames(json, ObjectKind.Data, "here"), [typeof(RepositoryException)]),
        ["address"] = () => new([Utf8("rest:https://user:p%40ss@host.example:8443/tenant/vault/")], ReadAddress, [typeof(RepositoryException)]),
        ["pattern"] = () => new([Utf8("!/a/**/[a-z]*.t?t"), Utf8("**/*")], ReadPattern, [typeof(FormatException)]),
        ["quoted name"] = () => new([Utf8("""a\x00\u00e9\\\"\t""")], ReadName, []),
        ["time"] = () => new([Utf8("2026-03-29T02:30:00.123456789+02:00")], text => NodeTime.TryParse(text, out _), []),
    };

    private static string Index =>
        $$"""{"packs":[{"id":"{{s_pack}}","blobs":[{"id":"{{s_pack}}","type":"data","offset":0,"length":40},{"id":"{{ObjectId.Of("b"u8)}}","type":"tree","offset":40,"length":80,"uncompressed_length":99}]}],"supersedes":["{{s_pack}}"]}""";

    private static string Tree =>
        $$"""{"nodes":[{"name":"a","type":"file","mode":420,"mtime":"2026-01-02T03:04:05.6Z","atime":"2026-01-02T03:04:05.6Z","ctime":"2026-01-02T03:04:05.6Z","uid":1,"gid":2,"user":"u","group":"g","inode":3,"device_id":4,"size":5,"links":1,"extended_attributes":[{"name":"user.x","value":"AAEC"}],"content":["{{s_pack}}"]},{"name":"b\\xff","type":"dir","mode":2147484141,"mtime":"2026-01-02T03:04:05+01:00","atime":"2026-01-02T03:04:05Z","ctime":"2026-01-02T03:04:05Z","uid":0,"gid":0,"content":null,"subtree":"{{s_pack}}"},{"name":"c","type":"symlink","mode":134218239,"mtime":"2026-01-02T03:04:05Z","atime":"2026-01-02T03:04:05Z","ctime":"2026-01-02T03:04:05Z","uid":0,"gid":0,"linktarget":"x","linktarget_raw":"eA==","content":null}]}""";

    private static string Snapshot =>
        $$"""{"time":"2026-11-28T10:00:00.5+01:00","parent":"{{s_pack}}","tree":"{{s_pack}}","paths":["/a"],"hostname":"h","username":"u","uid":1,"gid":2,"excludes":["*.tmp"],"tags":["t"],"original":"{{s_pack}}","program_version":"p 1","summary":{"backup_start":"2026-11-28T10:00:00Z","backup_end":"2026-11-28T10:00:01Z","files_new":1,"data_added":2} }""";

    private static string Config => $$"""{"version":2,"id":"{{s_pack}}","chunker_polynomial":"3da3358b4dc173"}""";

    private static string Key =>
        $$"""{"created":"2026-01-02T03:04:05Z","username":"u","hostname":"h","kdf":"scrypt","N":32768,"r":8,"p":1,"salt":"{{Convert.ToBase64String(new byte[64])}}","data":"{{Convert.ToBase64String(new byte[100])}}"}""";

    private static string Listing => $$"""[{"name":"{{s_pack}}","size":12},{"name":"x","size":-1}]""";

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Frame(byte[] plain)
    {
        var frame = new byte[Zstd.MaxCompressedLength(plain.Length)];
        return frame[..Zstd.Compress(plain, frame, 3)];
    }

    /// <summary>Whatever a tree says, no name in it may lead out of its folder, and none comes twice.</summary>
    private static void ReadTree(byte[] json)
    {
        var nodes = TreeReader.ReadAll(json);
        Assert.All(nodes, node => Assert.True(node.Name.IsEntryName));
        Assert.Equal(nodes.Count, nodes.Select(node => node.Name).Distinct().Count());
    }

    private static void ReadKey(byte[] json)
    {
        using var store = new MemoryStore();
        store.PutAsync(new ObjectName(ObjectKind.Key, ObjectId.Of(json)), json).Wait(TestContext.Current.CancellationToken);
        var keys = KeyRing.ReadAllAsync(store, new RepositoryOptions(), TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        Assert.All(keys, key => Assert.True(new ScryptParameters(key.File.N, key.File.R, key.File.P).IsSane));
    }

    private static void ReadAddress(byte[] text)
    {
        var address = RestAddress.Parse(Encoding.UTF8.GetString(text));
        Assert.True(address.Url.Scheme == "https" || address.Url.IsLoopback);
        Assert.EndsWith("/", address.Url.AbsolutePath, StringComparison.Ordinal);
    }

    private static void ReadPattern(byte[] text)
    {
        var list = PatternList.Parse([Encoding.UTF8.GetString(text)]);
        list.Matches(RawPath.FromText("/a/b/c.txt"));
    }

    /// <summary>What can be read as a name and written again is the same name.</summary>
    private static void ReadName(byte[] text)
    {
        var name = new ArrayBufferWriter<byte>();
        if (!GoQuote.TryUnquote(text, name))
            return;
        var (quoted, again) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        GoQuote.Quote(name.WrittenSpan, quoted);
        Assert.True(GoQuote.TryUnquote(quoted.WrittenSpan, again));
        Assert.Equal(name.WrittenSpan, again.WrittenSpan);
    }

    /// <summary>A header that is taken describes the pack from its first byte to the header's own, without a gap.</summary>
    private static FuzzTarget PackHeaders()
    {
        using var key = MasterKey.NewRandom();
        using var cipher = new RepositoryCipher(key);
        PackedBlob[] blobs = [new(BlobType.Data, BlobId.Of("a"u8), 0, 50, 18, false), new(BlobType.Tree, BlobId.Of("b"u8), 50, 70, 999, true)];
        var sealedHeader = new byte[1000];
        var length = PackHeader.Write(cipher, blobs, sealedHeader) - PackHeader.TrailerBytes;
        var plain = cipher.TryOpen(sealedHeader.AsSpan(0, length))!;
        return new(
            [plain],
            bytes => Assert.Equal(120, PackHeader.Parse(s_pack, bytes, 120).Sum(blob => blob.Location.Length)),
            [typeof(RepositoryException)]);
    }

    /// <summary>Nobody without the key can change a sealed object so that it opens.</summary>
    private static FuzzTarget SealedObjects()
    {
        var key = MasterKey.NewRandom();
        var cipher = new RepositoryCipher(key);
        var honest = UnpackedCodec.Seal(cipher, Utf8(Snapshot));
        return new(
            [honest],
            bytes =>
            {
                var plain = UnpackedCodec.Open(cipher, new ObjectName(ObjectKind.Snapshot, ObjectId.Of(bytes)), bytes);
                Assert.True(bytes.AsSpan().SequenceEqual(honest), $"{plain.Length} bytes were opened that nobody sealed");
            },
            [typeof(RepositoryException)]);
    }
}
