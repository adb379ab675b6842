namespace BackupOnline.Client.Vaults;

/// <summary>The key of a hot vault as the asking host alone can read it.</summary>
internal sealed record SealedKeyView
{
    /// <summary>Base64 of a libsodium sealed box to the host's enrolment X25519 key; its content is the repository password in UTF-8.</summary>
    public required string SealedKey { get; init; }
}
