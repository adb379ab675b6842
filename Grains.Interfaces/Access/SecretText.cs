using System.Security.Cryptography;
using System.Text;

namespace BackupOnline.Grains.Interfaces.Access;

/// <summary>How secrets of this product are made, written and hashed, in one place for door, shelf and silo. 256 random bits need no slow hash (decision 18).</summary>
public static class SecretText
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>256 random bits as 52 characters of a-z and 2-7.</summary>
    public static string NewSecret() => Random(52);

    /// <summary>A public key id: the prefix and 100 random bits as 20 characters of a-z and 2-7.</summary>
    public static string NewId(char prefix) => prefix + Random(20);

    /// <summary>32 secret bytes as a secret's text, 52 characters of a-z and 2-7.</summary>
    public static string FromBytes(ReadOnlySpan<byte> secret) => Base32(secret, 52);

    /// <summary>A public key id whose 100 bits are the first ones of <paramref name="bytes"/>.</summary>
    public static string IdFromBytes(char prefix, ReadOnlySpan<byte> bytes) => prefix + Base32(bytes, 20);

    /// <summary>SHA-256 of the UTF-8 text, 64 lowercase hexadecimal digits: the only form that is stored.</summary>
    public static string Sha256(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Compares two hashes in a time that does not depend on where they differ.</summary>
    public static bool HashesEqual(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(left), Encoding.ASCII.GetBytes(right));

    /// <summary>An access key of the door as programs send it: <c>bo_{scope}_{keyId}_{secret}</c>. Scopes hold no underscore.</summary>
    public static string FormatAccessKey(string scope, string keyId, string secret) => $"bo_{scope}_{keyId}_{secret}";

    /// <summary>A host's key as agents send it: <c>boh_{tenant}_{host}_{secret}</c>.</summary>
    public static string FormatHostKey(string tenant, string host, string secret) => $"boh_{tenant}_{host}_{secret}";

    // Five bits a character, most significant first; bits beyond the end are zero.
    private static string Base32(ReadOnlySpan<byte> bytes, int length)
    {
        Span<char> text = stackalloc char[length];
        for (var at = 0; at < length; at++)
        {
            var (index, offset) = Math.DivRem(at * 5, 8);
            var pair = (bytes[index] << 8) | (index + 1 < bytes.Length ? bytes[index + 1] : 0);
            text[at] = Alphabet[(pair >> (11 - offset)) & 31];
        }

        return new(text);
    }

    private static string Random(int length) => RandomNumberGenerator.GetString(Alphabet, length);
}
