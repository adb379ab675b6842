using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Lines;

/// <summary>Ours: the cache of one repository.</summary>
internal sealed record CacheLine(string RepositoryId, DateTimeOffset LastUsed, long Size, bool Removed)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "cache";
}
