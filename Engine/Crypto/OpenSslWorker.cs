using System.Security.Cryptography;

namespace BackupOnline.Engine.Crypto;

/// <summary>Both primitives by libcrypto's EVP, which uses the processor's AES and vector instructions. Contexts keep their key; only the nonce is set per call.</summary>
internal sealed unsafe class OpenSslWorker : CipherWorker
{
    private readonly nint _ctr = LibCrypto.EVP_CIPHER_CTX_new();
    private readonly nint _ecb = LibCrypto.EVP_CIPHER_CTX_new();
    private readonly nint _mac;
    private readonly byte[] _macR;

    public OpenSslWorker(MasterKey key)
    {
        fixed (byte* encrypt = key.Encrypt, macK = key.MacK)
        {
            Must(LibCrypto.EVP_EncryptInit_ex(_ctr, LibCrypto.EVP_aes_256_ctr(), 0, encrypt, null));
            Must(LibCrypto.EVP_EncryptInit_ex(_ecb, LibCrypto.EVP_aes_128_ecb(), 0, macK, null));
        }

        Must(LibCrypto.EVP_CIPHER_CTX_set_padding(_ecb, 0));
        _macR = key.MacR.ToArray();
        var poly1305 = LibCrypto.EVP_MAC_fetch(0, "POLY1305", null);
        _mac = LibCrypto.EVP_MAC_CTX_new(poly1305);
        LibCrypto.EVP_MAC_free(poly1305);
        Must(_mac != 0 ? 1 : 0);
    }

    ~OpenSslWorker() => Free();

    public override void Crypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> input, Span<byte> output)
    {
        if (output.Length < input.Length)
            throw new ArgumentException("The output is shorter than the input.", nameof(output));
        fixed (byte* iv = nonce, from = input, to = output)
        {
            int written;
            Must(LibCrypto.EVP_EncryptInit_ex(_ctr, 0, 0, null, iv));
            if (input.Length > 0)
                Must(LibCrypto.EVP_EncryptUpdate(_ctr, to, &written, from, input.Length));
        }
    }

    public override void Authenticate(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> data, Span<byte> tag)
    {
        var key = stackalloc byte[32];
        _macR.CopyTo(new Span<byte>(key, 16));
        fixed (byte* iv = nonce, from = data, to = tag)
        {
            int written;
            nuint tagLength;
            Must(LibCrypto.EVP_EncryptUpdate(_ecb, key + 16, &written, iv, 16));
            Must(LibCrypto.EVP_MAC_init(_mac, key, 32, 0));
            if (data.Length > 0)
                Must(LibCrypto.EVP_MAC_update(_mac, from, (nuint)data.Length));
            Must(LibCrypto.EVP_MAC_final(_mac, to, &tagLength, (nuint)tag.Length));
        }
    }

    public override void Dispose()
    {
        CryptographicOperations.ZeroMemory(_macR);
        Free();
        GC.SuppressFinalize(this);
    }

    private static void Must(int result)
    {
        if (result != 1)
            throw new CryptographicException("libcrypto refused an operation.");
    }

    private void Free()
    {
        LibCrypto.EVP_CIPHER_CTX_free(_ctr);
        LibCrypto.EVP_CIPHER_CTX_free(_ecb);
        LibCrypto.EVP_MAC_CTX_free(_mac);
    }
}
