using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace BackupOnline.Engine.Crypto;

/// <summary>AES from the BCL, as ECB over a tile of counter blocks, and Poly1305 from libsodium.</summary>
internal sealed unsafe class PortableWorker : CipherWorker
{
    private const int TileBytes = 4096;

    private readonly Aes _encrypt = Aes.Create();
    private readonly Aes _macK = Aes.Create();
    private readonly byte[] _macR;
    private readonly byte[] _counters = new byte[TileBytes];
    private readonly byte[] _stream = new byte[TileBytes];

    public PortableWorker(MasterKey key)
    {
        if (LibSodium.sodium_init() < 0)
            throw new CryptographicException("libsodium could not be started.");
        _encrypt.SetKey(key.Encrypt);
        _macK.SetKey(key.MacK);
        _macR = key.MacR.ToArray();
    }

    public override void Crypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> input, Span<byte> output)
    {
        var counter = BinaryPrimitives.ReadUInt128BigEndian(nonce);
        for (var at = 0; at < input.Length; at += TileBytes)
        {
            var length = Math.Min(TileBytes, input.Length - at);
            var blocks = (length + 15) / 16 * 16;
            for (var block = 0; block < blocks; block += 16)
                BinaryPrimitives.WriteUInt128BigEndian(_counters.AsSpan(block), unchecked(counter++));
            _encrypt.EncryptEcb(_counters.AsSpan(0, blocks), _stream, PaddingMode.None);
            Xor(input.Slice(at, length), _stream, output.Slice(at, length));
        }
    }

    public override void Authenticate(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> data, Span<byte> tag)
    {
        Span<byte> key = stackalloc byte[32];
        _macR.CopyTo(key);
        _macK.EncryptEcb(nonce, key[16..], PaddingMode.None);
        fixed (byte* with = key, from = data, to = tag)
            _ = LibSodium.crypto_onetimeauth_poly1305(to, from, (ulong)data.Length, with);
    }

    public override void Dispose()
    {
        CryptographicOperations.ZeroMemory(_macR);
        _encrypt.Dispose();
        _macK.Dispose();
    }

    private static void Xor(ReadOnlySpan<byte> input, ReadOnlySpan<byte> stream, Span<byte> output)
    {
        var i = 0;
        for (; i <= input.Length - Vector<byte>.Count; i += Vector<byte>.Count)
            (new Vector<byte>(input[i..]) ^ new Vector<byte>(stream[i..])).CopyTo(output[i..]);
        for (; i < input.Length; i++)
            output[i] = (byte)(input[i] ^ stream[i]);
    }
}
