using System.Security.Cryptography;
using BackupOnline.Engine.Crypto;
using CsCheck;

namespace BackupOnline.Engine.Tests.Crypto;

public sealed class CipherTests
{
    public static TheoryData<int> Lengths => [0, 1, 15, 16, 17, 31, 32, 33, 255, 4095, 4096, 4097, 8192, 100_003];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Both_workers_give_the_same_bytes(int length)
    {
        using var key = MasterKey.NewRandom();
        using var fast = new OpenSslWorker(key);
        using var portable = new PortableWorker(key);
        var plain = RandomNumberGenerator.GetBytes(length);
        var nonce = RandomNumberGenerator.GetBytes(16);

        Assert.Equal(Crypt(fast, nonce, plain), Crypt(portable, nonce, plain));
        Assert.Equal(Tag(fast, nonce, plain), Tag(portable, nonce, plain));
    }

    [Theory]
    [InlineData("00000000000000000000000000000001")]
    [InlineData("0000000000000000FFFFFFFFFFFFFFFE")]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF")]
    public void The_counter_is_one_number_of_128_bits(string nonceHex)
    {
        using var key = MasterKey.NewRandom();
        using var fast = new OpenSslWorker(key);
        using var portable = new PortableWorker(key);
        var nonce = Convert.FromHexString(nonceHex);
        var plain = new byte[100];
        using var aes = Aes.Create();
        aes.SetKey(key.Encrypt);
        var counter = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(nonce);
        var expected = new byte[112];
        for (var block = 0; block < 7; block++)
        {
            var input = new byte[16];
            System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(input, unchecked(counter + (UInt128)block));
            aes.EncryptEcb(input, PaddingMode.None).CopyTo(expected, block * 16);
        }

        Assert.Equal(expected[..100], Crypt(fast, nonce, plain));
        Assert.Equal(expected[..100], Crypt(portable, nonce, plain));
    }

    [Fact]
    public void Poly1305_AES_gives_the_tag_of_its_paper()
    {
        // D. J. Bernstein, The Poly1305-AES message-authentication code, appendix B.
        var r = Convert.FromHexString("851fc40c3467ac0be05cc20404f3f700");
        var k = Convert.FromHexString("ec074c835580741701425b623235add6");
        var nonce = Convert.FromHexString("fb447350c4e868c52ac3275cf9d4327e");
        using var key = new MasterKey([.. RandomNumberGenerator.GetBytes(32), .. k, .. r]);
        using var fast = new OpenSslWorker(key);
        using var portable = new PortableWorker(key);

        Assert.Equal("F4C633C3044FC145F84F335CB81953DE", Convert.ToHexString(Tag(fast, nonce, [0xf3, 0xf6])));
        Assert.Equal("F4C633C3044FC145F84F335CB81953DE", Convert.ToHexString(Tag(portable, nonce, [0xf3, 0xf6])));
    }

    [Fact]
    public void What_one_worker_seals_the_other_opens()
    {
        using var key = MasterKey.NewRandom();
        using var fast = new RepositoryCipher(key, worker => new OpenSslWorker(worker));
        using var portable = new RepositoryCipher(key, worker => new PortableWorker(worker));
        var plain = RandomNumberGenerator.GetBytes(12_345);

        Assert.Equal(plain, portable.TryOpen(fast.Seal(plain)));
        Assert.Equal(plain, fast.TryOpen(portable.Seal(plain)));
    }

    [Fact]
    public void Any_flipped_bit_is_noticed_and_nothing_is_decrypted()
    {
        using var key = MasterKey.NewRandom();
        using var cipher = new RepositoryCipher(key);
        var changes = from plain in Gen.Byte.Array[0, 200] from at in Gen.Int[0, (232 * 8) - 1] select (plain, at);

        changes.Sample((plain, at) =>
        {
            var stored = cipher.Seal(plain);
            at %= stored.Length * 8;
            stored[at / 8] ^= (byte)(1 << (at % 8));
            var destination = new byte[plain.Length];
            return !cipher.TryOpen(stored, destination) && destination.All(b => b == 0);
        });
    }

    [Fact]
    public void Truncated_bytes_do_not_open()
    {
        using var key = MasterKey.NewRandom();
        using var cipher = new RepositoryCipher(key);
        var stored = cipher.Seal([1, 2, 3]);

        for (var length = 0; length < stored.Length; length++)
            Assert.Null(cipher.TryOpen(stored.AsSpan(0, length)));
    }

    [Fact]
    public void A_nonce_of_zeros_is_refused_even_with_a_right_tag()
    {
        using var key = MasterKey.NewRandom();
        using var cipher = new RepositoryCipher(key);
        using var worker = CipherWorker.Create(key);
        var stored = new byte[RepositoryCipher.Overhead];
        worker.Authenticate(stored.AsSpan(0, 16), [], stored.AsSpan(16));

        Assert.Null(cipher.TryOpen(stored));
    }

    [Fact]
    public void The_same_plain_bytes_are_never_sealed_alike()
    {
        using var key = MasterKey.NewRandom();
        using var cipher = new RepositoryCipher(key);

        Assert.Equal(200, Enumerable.Range(0, 200).Select(_ => Convert.ToHexString(cipher.Seal([7]))).Distinct().Count());
    }

    [Theory]
    [InlineData(0, 32)]
    [InlineData(32, 16)]
    [InlineData(48, 16)]
    public void A_key_with_a_part_of_zeros_is_refused(int from, int length)
    {
        var bytes = RandomNumberGenerator.GetBytes(MasterKey.Length);
        bytes.AsSpan(from, length).Clear();

        Assert.Throws<ArgumentException>(() => new MasterKey(bytes));
    }

    private static byte[] Crypt(CipherWorker worker, byte[] nonce, byte[] input)
    {
        var output = new byte[input.Length];
        worker.Crypt(nonce, input, output);
        return output;
    }

    private static byte[] Tag(CipherWorker worker, byte[] nonce, byte[] data)
    {
        var tag = new byte[16];
        worker.Authenticate(nonce, data, tag);
        return tag;
    }
}
