using System.Text;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Crypto;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Tests.Files;

namespace BackupOnline.Engine.Tests.Blobs;

/// <summary>Small objects are opened on the heap, large ones in lent buffers: both give the same, and take nothing that does not fit.</summary>
public sealed class UnpackedCodecTests : IDisposable
{
    private readonly MasterKey _key = MasterKey.NewRandom();
    private readonly RepositoryCipher _cipher;

    public UnpackedCodecTests() => _cipher = new RepositoryCipher(_key);

    public void Dispose()
    {
        _cipher.Dispose();
        _key.Dispose();
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100_000)]
    [InlineData(30_000_000)]
    public void What_was_sealed_is_opened(int length)
    {
        // Hexadecimal digits: half of it stays after compression.
        var json = Encoding.ASCII.GetBytes($"{{\"a\":\"{Convert.ToHexStringLower(OddTree.Noise(1, length / 2))}\"}}");
        var stored = UnpackedCodec.Seal(_cipher, json);
        Assert.Equal(json, Opened(stored));
        Assert.Equal(json, UnpackedCodec.Open(_cipher, Name(stored), stored));
    }

    [Fact]
    public void Raw_json_of_any_size_is_taken_as_it_is()
    {
        var json = Encoding.ASCII.GetBytes($"[{string.Join(',', Enumerable.Range(0, 50_000))}]");
        Assert.Equal(json, Opened(_cipher.Seal(json)));
    }

    [Fact]
    public void Neither_another_content_nor_an_unknown_encoding_nor_half_a_frame_is_taken()
    {
        var stored = UnpackedCodec.Seal(_cipher, OddTree.Noise(2, 200_000));
        var name = Name(stored);
        stored[1000] ^= 1;
        Refused(() => UnpackedCodec.Open(_cipher, name, stored, _ => { }), "does not match its name");
        Refused(() => Opened(stored), "authentication");
        Refused(() => Opened(_cipher.Seal([3, .. OddTree.Noise(3, 200_000)])), "encoding");

        var frame = new byte[Zstd.MaxCompressedLength(200_000)];
        var length = Zstd.Compress(OddTree.Noise(4, 200_000), frame, 3);
        Refused(() => Opened(_cipher.Seal([2, .. frame.AsSpan(0, length - 10)])), "decompressed");
    }

    private static ObjectName Name(byte[] stored) => new(ObjectKind.Index, ObjectId.Of(stored));

    private static void Refused(Action open, string reason)
    {
        var refusal = Assert.Throws<RepositoryException>(open);
        Assert.Equal(RepositoryProblem.Corrupt, refusal.Problem);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    private byte[] Opened(byte[] stored)
    {
        byte[] plain = [];
        UnpackedCodec.Open(_cipher, Name(stored), stored, span => plain = span.ToArray());
        return plain;
    }
}
