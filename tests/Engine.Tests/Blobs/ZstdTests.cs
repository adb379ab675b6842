using BackupOnline.Engine.Blobs;
using CsCheck;

namespace BackupOnline.Engine.Tests.Blobs;

public sealed class ZstdTests
{
    [Fact]
    public void What_is_compressed_comes_back() =>
        Gen.Byte.Array[0, 5000].Sample(plain =>
        {
            var frame = Compress(plain);
            var back = new byte[plain.Length];
            return Zstd.TryDecompress(frame, back) && back.AsSpan().SequenceEqual(plain) && Zstd.Decompress(frame, 5000)!.AsSpan().SequenceEqual(plain);
        });

    [Fact]
    public void A_bomb_stops_at_the_declared_length()
    {
        var bomb = Compress(new byte[50_000_000]);
        Assert.True(bomb.Length < 10_000);

        Assert.False(Zstd.TryDecompress(bomb, new byte[1000]));
        Assert.Null(Zstd.Decompress(bomb, 1_000_000));
    }

    [Theory]
    [InlineData(999)]
    [InlineData(1001)]
    public void Another_length_than_declared_is_refused(int declared) => Assert.False(Zstd.TryDecompress(Compress(new byte[1000]), new byte[declared]));

    [Fact]
    public void Truncated_and_random_frames_are_refused()
    {
        var frame = Compress([.. Enumerable.Range(0, 2000).Select(i => (byte)(i * i))]);
        for (var length = 0; length < frame.Length; length++)
            Assert.False(Zstd.TryDecompress(frame.AsSpan(0, length), new byte[2000]));
        Gen.Byte.Array[0, 300].Sample(random =>
        {
            _ = Zstd.TryDecompress(random, new byte[100]);
            _ = Zstd.Decompress(random, 1000);
        });
    }

    [Fact]
    public void A_frame_that_does_not_tell_its_length_is_read_up_to_the_bound()
    {
        var plain = new byte[300_000];
        new Random(1).NextBytes(plain.AsSpan(0, 100_000));
        var frame = StreamFrame(plain);

        Assert.Equal(plain, Zstd.Decompress(frame, 300_000));
        Assert.Null(Zstd.Decompress(frame, 299_999));
        Assert.Null(Zstd.Decompress(frame.AsSpan(0, frame.Length - 1), 300_000));
    }

    private static byte[] Compress(byte[] plain)
    {
        var frame = new byte[Zstd.MaxCompressedLength(plain.Length)];
        return frame[..Zstd.Compress(plain, frame, 2)];
    }

    // Raw blocks (RFC 8878, 3.1.1): magic, a descriptor without content size, window 1 MiB, blocks of at most 128 KiB.
    private static byte[] StreamFrame(byte[] plain)
    {
        var frame = new List<byte> { 0x28, 0xB5, 0x2F, 0xFD, 0x00, 10 << 3 };
        for (var at = 0; at < plain.Length; at += 100_000)
        {
            var length = Math.Min(100_000, plain.Length - at);
            var header = (length << 3) | (at + length == plain.Length ? 1 : 0);
            frame.AddRange([(byte)header, (byte)(header >> 8), (byte)(header >> 16)]);
            frame.AddRange(plain.AsSpan(at, length));
        }

        return [.. frame];
    }
}
