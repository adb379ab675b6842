using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace BackupOnline.StorageNode.Credentials;

/// <summary>Key id and hashed secret of an HTTP Basic header (RFC 7617); the secret itself is forgotten at once.</summary>
internal readonly record struct BasicCredential(string KeyId, string SecretSha256)
{
    // 'c' and 20 characters; secrets have 256 bits, in any text form.
    private const int KeyIdLength = 21;
    private const int LongestHeader = 512;
    private const string Scheme = "Basic ";
    private static readonly SearchValues<byte> KeyIdBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyz234567"u8);

    /// <summary>Null when the header is not a Basic credential of ours.</summary>
    public static BasicCredential? Parse(string header)
    {
        if (header.Length > LongestHeader || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;

        Span<byte> bytes = stackalloc byte[LongestHeader];
        if (!Convert.TryFromBase64String(header[Scheme.Length..], bytes, out var length))
            return null;

        var pair = bytes[..length];
        var isOurs = pair.IndexOf((byte)':') == KeyIdLength && pair[0] == (byte)'c' && !pair[..KeyIdLength].ContainsAnyExcept(KeyIdBytes);
        BasicCredential? credential = isOurs
            ? new(Encoding.ASCII.GetString(pair[..KeyIdLength]), Convert.ToHexStringLower(SHA256.HashData(pair[(KeyIdLength + 1)..])))
            : null;
        CryptographicOperations.ZeroMemory(pair);
        return credential;
    }
}
