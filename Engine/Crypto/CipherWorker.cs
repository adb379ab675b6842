namespace BackupOnline.Engine.Crypto;

/// <summary>The two primitives with a key already set up, for one thread at a time. Both implementations give the same bytes.</summary>
internal abstract class CipherWorker : IDisposable
{
    /// <summary>AES-256-CTR; the nonce is the first counter block, counted up as a 128-bit big-endian number. The spans may be the same, but not overlap otherwise.</summary>
    public abstract void Crypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> input, Span<byte> output);

    /// <summary>Poly1305 of the data under r and s = AES-128_k(nonce).</summary>
    public abstract void Authenticate(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> data, Span<byte> tag);

    public static CipherWorker Create(MasterKey key) => LibCrypto.IsPresent ? new OpenSslWorker(key) : new PortableWorker(key);

    public abstract void Dispose();
}
