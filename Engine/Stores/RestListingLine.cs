using System.Text.Json.Serialization;

namespace BackupOnline.Engine.Stores;

/// <summary>A line of a version 2 listing.</summary>
internal sealed record RestListingLine
{
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("size")]
    public long Size { get; init; }
}
