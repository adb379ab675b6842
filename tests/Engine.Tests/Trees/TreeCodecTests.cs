using System.Buffers;
using System.Text;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;
using BackupOnline.Engine.Tests.Files;
using BackupOnline.Engine.Trees;
using CsCheck;

namespace BackupOnline.Engine.Tests.Trees;

public sealed class TreeCodecTests
{
    private static readonly Gen<NodeTime> Times = Gen.Select(Gen.Long[-62_167_219_200, 253_402_300_799], Gen.Int[0, 999_999_999], (seconds, nanos) => new NodeTime(seconds, nanos));

    private static readonly Gen<TreeNode> Nodes = Gen.Select(
        Gen.Byte.Array[1, 40],
        Gen.Enum<NodeType>(),
        Gen.UInt,
        Times,
        Gen.ULong,
        Gen.Byte.Array[0, 20],
        Gen.String[0, 12],
        Gen.Byte.Array[0, 64]).Select((name, type, number, time, big, target, text, value) => new TreeNode
        {
            Name = new RawPath([.. name.Select(b => b is 0 or (byte)'/' ? (byte)'_' : b), (byte)'.', (byte)'x']),
            Type = type == NodeType.Unknown ? NodeType.File : type,
            Mode = new NodeMode(number),
            ModifiedAt = time,
            AccessedAt = time,
            ChangedAt = time,
            Uid = number,
            Gid = number / 2,
            User = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)),
            Inode = big,
            DeviceId = big / 3,
            Size = big / 5,
            Links = number,
            LinkTarget = new RawPath([.. target.Where(b => b != 0)]),
            Device = big / 7,
            Content = type == NodeType.File ? [BlobId.Of(value), BlobId.Of(name)] : null,
            Subtree = type == NodeType.Folder ? BlobId.Of(value) : null,
            ExtendedAttributes = value.Length > 10 ? [new ExtendedAttribute("user.a", value)] : [],
        });

    [Fact]
    public void What_is_written_is_read_back_and_written_the_same() =>
        Nodes.Array[0, 8].Sample(
            nodes =>
            {
                var sorted = nodes.DistinctBy(node => node.Name).OrderBy(node => node.Name).ToList();
                var bytes = TreeWriter.Encode(sorted);
                var read = TreeReader.ReadAll(bytes);
                Assert.Equal(sorted.Count, read.Count);
                Assert.All(sorted.Zip(read), pair => Assert.True(pair.First.IsSameAs(pair.Second), pair.First.Name.ToString()));
                Assert.Equal(bytes, TreeWriter.Encode(read));
            },
            iter: 2000);

    [Fact]
    public async Task Trees_that_restic_wrote_are_written_the_same_again()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["source"]);
        OddTree.Create(folder["source"], invalidLinkTarget: false);
        await StockRestic.RunAsync(folder["repo"], "init");
        await StockRestic.RunAsync(folder["repo"], "backup", folder["source"]);
        using var store = new LocalStore(folder["repo"]);
        await using var repository = await Repository.OpenAsync(store, StockRestic.Password);
        await repository.LoadIndexAsync();

        var trees = 0;
        foreach (var blob in repository.Index.Entries().Where(blob => blob.Type == BlobType.Tree))
        {
            var bytes = await repository.LoadBlobAsync(BlobType.Tree, blob.Id);
            Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(TreeWriter.Encode(TreeReader.ReadAll(bytes))));
            trees++;
        }

        Assert.True(trees > 60);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\"b\\c", "a\\\"b\\\\c")]
    [InlineData("\a\b\f\n\r\t\v", "\\a\\b\\f\\n\\r\\t\\v")]
    [InlineData("\u0001\u001f\u007f", "\\x01\\x1f\\x7f")]
    [InlineData("é日🎉", "é日🎉")]
    [InlineData("\u00a0\u00ad\u200b\ufeff", "\\u00a0\\u00ad\\u200b\\ufeff")]
    [InlineData("\U000e0001", "\\U000e0001")]
    [InlineData("\ufffd", "\ufffd")]
    public void Names_are_quoted_as_Go_literals(string name, string quoted)
    {
        var output = new ArrayBufferWriter<byte>();
        GoQuote.Quote(Encoding.UTF8.GetBytes(name), output);
        Assert.Equal(quoted, Encoding.UTF8.GetString(output.WrittenSpan));
        var back = new ArrayBufferWriter<byte>();
        Assert.True(GoQuote.TryUnquote(output.WrittenSpan, back));
        Assert.Equal(name, Encoding.UTF8.GetString(back.WrittenSpan));
    }

    [Theory]
    [InlineData("\\")]
    [InlineData("\\q")]
    [InlineData("\\x4")]
    [InlineData("\\xzz")]
    [InlineData("\\ud800")]
    [InlineData("\\U00110000")]
    [InlineData("\\400")]
    [InlineData("a\"b")]
    public void What_is_no_Go_literal_is_refused(string text) =>
        Assert.False(GoQuote.TryUnquote(Encoding.UTF8.GetBytes(text), new ArrayBufferWriter<byte>()));

    [Theory]
    [InlineData(0, 0, "1970-01-01T00:00:00Z")]
    [InlineData(-1, 999_999_999, "1969-12-31T23:59:59.999999999Z")]
    [InlineData(1_582_979_696, 500_000_000, "2020-02-29T12:34:56.5Z")]
    [InlineData(-62_135_596_800, 0, "0001-01-01T00:00:00Z")]
    [InlineData(253_402_300_799, 0, "9999-12-31T23:59:59Z")]
    [InlineData(253_402_300_800, 0, "9999-01-01T00:00:00Z")] // the year does not fit: month and day are kept
    [InlineData(-62_167_219_201, 0, "0000-12-31T23:59:59Z")]
    public void Times_are_written_as_RFC_3339(long seconds, int nanoseconds, string text)
    {
        Assert.Equal(text, new NodeTime(seconds, nanoseconds).ToString());
        Assert.True(NodeTime.TryParse(Encoding.ASCII.GetBytes(text), out var read));
        Assert.Equal(text, read.ToString());
    }

    [Theory]
    [InlineData("2022-06-01T10:20:30.12+02:00", 1_654_071_630L, 120_000_000)]
    [InlineData("2022-06-01T10:20:30-09:30", 1_654_113_030L, 0)]
    public void Times_of_other_zones_keep_their_zone(string text, long seconds, int nanoseconds)
    {
        Assert.True(NodeTime.TryParse(Encoding.ASCII.GetBytes(text), out var time));
        Assert.Equal((seconds, nanoseconds), (time.Seconds, time.Nanoseconds));
        Assert.Equal(text, time.ToString());
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("/etc/passwd")]
    [InlineData("a\\\\x00b")]
    [InlineData("a\\\\x2fb")]
    public void Names_that_lead_out_of_a_folder_are_refused(string name) =>
        Assert.Throws<TreeFormatException>(() => TreeReader.ReadAll(Tree(name)));

    [Fact]
    public void Names_that_come_twice_are_refused()
    {
        Assert.Equal(2, TreeReader.ReadAll(Tree("a", "b")).Count);
        Assert.Throws<TreeFormatException>(() => TreeReader.ReadAll(Tree("a", "a")));
        Assert.Throws<TreeFormatException>(() => TreeReader.ReadAll(Tree("b", "a")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"nodes\":{}}")]
    [InlineData("{\"nodes\":[1]}")]
    [InlineData("{\"nodes\":[{\"name\":\"a\",\"mtime\":\"yesterday\"}]}")]
    [InlineData("{\"nodes\":[{\"name\":\"a\",\"content\":[\"zz\"]}]}")]
    [InlineData("{\"nodes\":[{\"name\":\"a\",\"mode\":-1}]}")]
    [InlineData("{\"nodes\":[{\"name\":\"a\",\"uid\":\"root\"}]}")]
    [InlineData("{\"nodes\":[{\"name\":\"a\"}")]
    public void Damaged_trees_are_refused(string json) =>
        Assert.Throws<TreeFormatException>(() => TreeReader.ReadAll(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Unknown_fields_and_types_are_passed_over()
    {
        var nodes = TreeReader.ReadAll("""{"later":{"a":[1]},"nodes":[{"name":"a","type":"irregular","generic_attributes":{"x":[1,{}]},"content":null}],"more":1}"""u8.ToArray());
        Assert.Equal(NodeType.Unknown, Assert.Single(nodes).Type);
        Assert.Empty(TreeReader.ReadAll("""{"nodes":null}"""u8.ToArray()));
    }

    private static byte[] Tree(params string[] names) => Encoding.UTF8.GetBytes(
        $"{{\"nodes\":[{string.Join(',', names.Select(name => $"{{\"name\":\"{name}\",\"type\":\"file\",\"content\":[]}}"))}]}}\n");
}
