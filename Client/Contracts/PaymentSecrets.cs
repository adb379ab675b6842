using System.Collections.Immutable;
using System.Text;

namespace BackupOnline.Client.Contracts;

/// <summary>
/// The secrets with which the payment service may sign, each at least <see cref="LeastBytes"/> bytes: several while one is being replaced by the next. Empty when none
/// is configured. Shows no secret, whatever prints it.
/// </summary>
internal sealed class PaymentSecrets(ImmutableArray<byte[]> keys)
{
    public const int LeastBytes = 24;

    private const string EncodedPrefix = "whsec_";

    public static PaymentSecrets None { get; } = new([]);

    public ImmutableArray<byte[]> Keys { get; } = keys;

    /// <summary>Secrets apart by commas or white space: <c>whsec_</c> and base64, as payment services show them, or else the bytes of the text. Null when one is too short or not base64.</summary>
    public static PaymentSecrets? Parse(string text)
    {
        var keys = ImmutableArray.CreateBuilder<byte[]>();
        foreach (var part in text.Split([',', ' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (KeyOf(part) is not { Length: >= LeastBytes } key)
                return null;
            keys.Add(key);
        }
        return keys.Count == 0 ? null : new(keys.ToImmutable());
    }

    private static byte[]? KeyOf(string part)
    {
        if (!part.StartsWith(EncodedPrefix, StringComparison.Ordinal))
            return Encoding.UTF8.GetBytes(part);
        var encoded = part[EncodedPrefix.Length..];
        var key = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, key, out var length) ? key[..length] : null;
    }
}
