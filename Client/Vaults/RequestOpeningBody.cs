using BackupOnline.Client.Answers;
using BackupOnline.Client.Hosts;

namespace BackupOnline.Client.Vaults;

internal sealed record RequestOpeningBody : CheckedBody
{
    /// <summary>Why a person needs the key; the customer reads it in the log.</summary>
    [PlainText(10, 500)]
    public required string Reason { get; init; }

    /// <summary>The asking person's own X25519 public key, base64 of 32 bytes: the key of the vault is sealed to it.</summary>
    [PublicKey]
    public required string PublicKey { get; init; }
}
