using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BackupOnline.Client.Contracts;

/// <summary>
/// The signature of an inbound message, in the form of the Standard Webhooks specification: HMAC-SHA256 over <c>id.timestamp.body</c>, base64, as <c>v1,...</c>. The header
/// may hold several, apart by spaces, and the door may know several secrets: one good pair is enough, so that either side can change its secret first.
/// </summary>
internal static class WebhookSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    /// <summary>Inclusive, either way.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const string Version = "v1,";
    private const int LongestId = 90;

    // Bounds the work that a stranger can cause.
    private const int MostSignatures = 8;

    /// <param name="body">The raw bytes, as they came.</param>
    public static WebhookVerdict Judge(PaymentSecrets secrets, string? id, string? timestamp, string? signatures, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (id is not { Length: >= 1 and <= LongestId } || id.Contains('.', StringComparison.Ordinal)
            || !id.All(letter => letter is > ' ' and <= '~')
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || signatures is null)
        {
            return WebhookVerdict.Forged;
        }

        byte[] signed = [.. Encoding.ASCII.GetBytes($"{id}.{timestamp}."), .. body];
        var isSigned = false;
        foreach (var signature in signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostSignatures))
            foreach (var key in secrets.Keys)
                isSigned |= Matches(signature, HMACSHA256.HashData(key, signed));
        if (!isSigned)
            return WebhookVerdict.Forged;
        return Math.Abs((decimal)now.ToUnixTimeSeconds() - seconds) <= (decimal)Tolerance.TotalSeconds ? WebhookVerdict.Good : WebhookVerdict.Stale;
    }

    private static bool Matches(string signature, byte[] wanted)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes + 2];
        return signature.StartsWith(Version, StringComparison.Ordinal)
            && Convert.TryFromBase64String(signature[Version.Length..], given, out var length)
            && CryptographicOperations.FixedTimeEquals(given[..length], wanted);
    }
}
