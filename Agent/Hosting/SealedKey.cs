namespace BackupOnline.Agent.Hosting;

/// <summary>The vault's password, sealed for this host; base64.</summary>
internal sealed record SealedKey(string? Key)
{
    [System.Text.Json.Serialization.JsonPropertyName("sealedKey")]
    public string? Key { get; init; } = Key;
}
