using System.Text.RegularExpressions;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Requests;

/// <summary>What every request must keep. Each check gives null, or the refusal that names the field, the bound and what to do; chain them with <c>??</c>.</summary>
internal static partial class Check
{
    public static Refusal? Caller(Caller caller) =>
        Text(caller.Operation, "operation id", 1, 100) ?? Text(caller.Actor, "actor", 1, 200)
        ?? (caller.Address is null ? null : Text(caller.Address, "address", 1, 100));

    /// <summary>Text of a person or a program: bounded, without control characters and without halves of surrogate pairs, which no other system would take.</summary>
    public static Refusal? Text(string? value, string field, int minimum, int maximum)
    {
        if (value is not null && value.Length >= minimum && value.Length <= maximum && !Odd(value)) return null;
        var bounds = minimum == 0 ? $"at most {maximum}" : $"{minimum} to {maximum}";
        return Refusal.Invalid($"{Code(field)}-invalid", $"The {field} must have {bounds} characters, none of them a control character.");
    }

    public static Refusal? Name(string? value, string field) =>
        NameRule.IsWellFormed(value) ? null : Refusal.Invalid($"{Code(field)}-invalid", $"The {field} is not a valid name. {NameRule.Advice}");

    public static Refusal? Hash(string? value, string field) =>
        value is not null && HashPattern().IsMatch(value)
            ? null
            : Refusal.Invalid($"{Code(field)}-invalid", $"The {field} must be a SHA-256: 64 hexadecimal digits, lower case.");

    /// <summary>A public key id: the prefix and 20 characters of a-z and 2-7.</summary>
    public static Refusal? KeyId(string? value, char prefix) =>
        value is not null && value.StartsWith(prefix) && KeyIdPattern().IsMatch(value)
            ? null
            : Refusal.Invalid("key-id-invalid", $"The key id must be '{prefix}' and 20 characters of a-z and 2-7.");

    public static Refusal? Bytes(long? value, string field) =>
        value is null or >= 0 ? null : Refusal.Invalid($"{Code(field)}-invalid", $"The {field} is a number of bytes: 0 or more.");

    /// <summary>A value of an enumeration that this version knows.</summary>
    public static Refusal? Known<T>(T value, string field)
        where T : struct, Enum =>
        Enum.IsDefined(value) ? null : Refusal.Invalid($"{Code(field)}-invalid", $"The {field} must be one of: {string.Join(", ", Enum.GetNames<T>())}.");

    public static Refusal? That(bool holds, string code, string advice) => holds ? null : Refusal.Invalid(code, advice);

    /// <summary>An X25519 public key: base64 of 32 bytes.</summary>
    public static Refusal? PublicKey(string? value)
    {
        Span<byte> bytes = stackalloc byte[33];
        return That(
            value is { Length: 44 } && Convert.TryFromBase64String(value, bytes, out var length) && length == 32,
            "public-key-invalid", "The public key must be the base64 of 32 bytes.");
    }

    public static bool IsHash(string? value) => value is not null && HashPattern().IsMatch(value);

    private static bool Odd(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsControl(value[i])) return true;
            if (char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1])) i++;
            else if (char.IsSurrogate(value[i])) return true;
        }

        return false;
    }

    private static string Code(string field) => field.Replace(' ', '-');

    [GeneratedRegex(@"^[0-9a-f]{64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex HashPattern();

    [GeneratedRegex(@"^[a-z][a-z2-7]{20}\z", RegexOptions.CultureInvariant)]
    private static partial Regex KeyIdPattern();
}
