using System.Security.Cryptography;
using BackupOnline.Engine.Crypto;

namespace BackupOnline.Engine.Tests.Crypto;

public sealed class ScryptTests
{
    [Theory]
    // RFC 7914, section 12.
    [InlineData("", "", 16, 1, 1, "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906")]
    [InlineData("password", "NaCl", 1024, 8, 16, "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640")]
    public void Both_libraries_give_the_RFC_result(string password, string salt, ulong n, uint r, uint p, string expected)
    {
        byte[] fast = new byte[64], portable = new byte[64];
        var cost = new ScryptParameters(n, r, p);

        Scrypt.DeriveByLibCrypto(System.Text.Encoding.UTF8.GetBytes(password), System.Text.Encoding.UTF8.GetBytes(salt), cost, fast);
        Scrypt.DeriveByLibSodium(System.Text.Encoding.UTF8.GetBytes(password), System.Text.Encoding.UTF8.GetBytes(salt), cost, portable);

        Assert.Equal(expected, Convert.ToHexStringLower(fast));
        Assert.Equal(expected, Convert.ToHexStringLower(portable));
    }

    [Fact]
    public void Both_libraries_agree_at_our_cost()
    {
        byte[] fast = new byte[64], portable = new byte[64], salt = RandomNumberGenerator.GetBytes(64);

        Scrypt.DeriveByLibCrypto("pässwörd"u8, salt, ScryptParameters.Default, fast);
        Scrypt.DeriveByLibSodium("pässwörd"u8, salt, ScryptParameters.Default, portable);

        Assert.Equal(fast, portable);
    }

    [Theory]
    [InlineData(32768, 8, 1, true)]
    [InlineData(65536, 8, 5, true)]
    [InlineData(524288, 8, 1, true)]
    [InlineData(32767, 8, 1, false)] // not a power of two
    [InlineData(1, 8, 1, false)]
    [InlineData(0, 8, 1, false)]
    [InlineData(32768, 0, 1, false)]
    [InlineData(32768, 8, 0, false)]
    [InlineData(1 << 20, 8, 1, false)] // 1 GiB
    [InlineData(32768, 8, 1024, false)] // minutes
    [InlineData(1UL << 63, 1, 1, false)]
    [InlineData(32768, uint.MaxValue, 1, false)]
    public void An_absurd_cost_is_refused(ulong n, uint r, uint p, bool sane) => Assert.Equal(sane, new ScryptParameters(n, r, p).IsSane);
}
