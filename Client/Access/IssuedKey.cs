using BackupOnline.Grains.Interfaces.Access;

namespace BackupOnline.Client.Access;

/// <summary>A new access key. Its secret is shown this once; a repeated request shows null.</summary>
internal sealed record IssuedKey
{
    public required AccessKeyView Key { get; init; }

    public required string? Secret { get; init; }
}
