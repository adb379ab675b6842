using System.ComponentModel.DataAnnotations;

namespace BackupOnline.Client.Hosts;

/// <summary>Base64 of exactly 32 bytes: an X25519 public key (RFC 7748).</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PublicKeyAttribute() : RegularExpressionAttribute("^[A-Za-z0-9+/]{43}=$")
{
    public override bool IsValid(object? value) =>
        value is string { Length: 44 } text && base.IsValid(text) && Convert.TryFromBase64String(text, stackalloc byte[33], out var length) && length == 32;

    public override string FormatErrorMessage(string name) => "must be an X25519 public key: base64 of 32 bytes.";
}
