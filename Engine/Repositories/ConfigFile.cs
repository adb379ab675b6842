using System.Text.Json.Serialization;

namespace BackupOnline.Engine.Repositories;

/// <summary>The config's JSON, sealed but never compressed.</summary>
internal sealed record ConfigFile
{
    [JsonPropertyName("version")]
    public int Version { get; init; }

    [JsonPropertyName("id")]
    public string? Id { get; init; }

    [JsonPropertyName("chunker_polynomial")]
    public string? ChunkerPolynomial { get; init; }
}
