using System.Text;
using BackupOnline.Engine.Ids;
using CsCheck;

namespace BackupOnline.Engine.Tests.Ids;

public sealed class IdTests
{
    private const string Hex = "01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b";

    [Fact]
    public void An_id_is_the_SHA_256_in_lowercase_hexadecimal()
    {
        var id = BlobId.Of("\n"u8);

        Assert.Equal(Hex, id.ToString());
        Assert.Equal("01ba4719", id.ToShortString());
        Assert.Equal(id, BlobId.Parse(Hex));
        Assert.True(BlobId.TryParse(Encoding.UTF8.GetBytes(Hex), out var fromUtf8));
        Assert.Equal(id, fromUtf8);
        Span<byte> hex = stackalloc byte[64];
        id.FormatHex(hex);
        Assert.Equal(Hex, Encoding.UTF8.GetString(hex));
    }

    [Theory]
    [InlineData("")]
    [InlineData("01BA4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b")]
    [InlineData("01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546")]
    [InlineData("01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b0")]
    [InlineData("../a4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b")]
    [InlineData("Ļ1ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b")]
    public void Anything_else_is_not_an_id(string text)
    {
        Assert.False(ObjectId.TryParse(text, out _));
        Assert.Throws<ArgumentException>(() => new ObjectName(ObjectKind.Data, text));
    }

    [Fact]
    public void Ids_are_ordered_as_their_bytes() =>
        Gen.Select(Gen.Byte.Array[32], Gen.Byte.Array[32]).Sample((a, b) =>
            Math.Sign(BlobId.FromBytes(a).CompareTo(BlobId.FromBytes(b))) == Math.Sign(a.AsSpan().SequenceCompareTo(b)));

    [Fact]
    public void Only_the_config_is_called_config()
    {
        Assert.Equal("config", ObjectName.Config.ToString());
        Assert.Equal($"data/{Hex}", new ObjectName(ObjectKind.Data, Hex).ToString());
        Assert.Throws<ArgumentException>(() => new ObjectName(ObjectKind.Config, Hex));
        Assert.Throws<ArgumentException>(() => new ObjectName(ObjectKind.Key, "config"));
    }
}
