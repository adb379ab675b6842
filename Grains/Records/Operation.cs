using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Records;

/// <summary>An operation id with the fingerprint of its request, both as 128-bit digests, so that a memory of many stays small whatever callers send.</summary>
internal readonly record struct Operation(string Id, string Fingerprint)
{
    /// <summary>What a caller is told who uses an operation id twice for different things.</summary>
    public static Refusal Reused { get; } = Refusal.Conflict(
        "idempotency-key-reused", "This operation id was used before with another request. Send the same request again, or a new id.");

    /// <summary>What a caller is told who repeats an operation whose product is no longer kept.</summary>
    public static Refusal Gone { get; } = Refusal.NotFound("gone", "This operation was carried out, but what it made is no longer kept.");

    /// <param name="request">Everything that makes the request what it is. Not the caller, and not what a repetition makes anew: fresh secrets and their key ids.</param>
    public static Operation Of(Caller caller, string verb, params object?[] request) =>
        new(Digest(Encoding.UTF8.GetBytes(caller.Operation)), Digest(JsonSerializer.SerializeToUtf8Bytes<object?[]>([verb, .. request])));

    /// <summary>The caller of a further command that the same operation causes: repeated when the operation is.</summary>
    public static Caller Further(Caller caller, string purpose) =>
        caller with { Operation = $"{purpose}/{Digest(Encoding.UTF8.GetBytes(caller.Operation))}" };

    private static string Digest(byte[] bytes) => Convert.ToBase64String(SHA256.HashData(bytes).AsSpan(0, 16)).TrimEnd('=');
}
