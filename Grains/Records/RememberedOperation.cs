using System.Text.Json.Serialization;

namespace BackupOnline.Grains.Records;

/// <summary>An operation that was carried out. Short names: fifty of them stand in every state.</summary>
internal sealed record RememberedOperation
{
    [JsonPropertyName("o")]
    public required string Id { get; init; }

    [JsonPropertyName("f")]
    public required string Fingerprint { get; init; }

    /// <summary>The id of what it made, where that is not the grain itself.</summary>
    [JsonPropertyName("m")]
    public string? Made { get; init; }
}
