using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Lines;

/// <summary>A key of restic's <c>key list --json</c>; its spelling is not the one of the other lines.</summary>
internal sealed record KeyLine
{
    /// <summary>Whether this key opened the repository.</summary>
    public required bool Current { get; init; }

    public required string Id { get; init; }

    [JsonPropertyName("userName")]
    public required string UserName { get; init; }

    [JsonPropertyName("hostName")]
    public required string HostName { get; init; }

    /// <summary>Local time, <c>2026-01-31 23:59:00</c>.</summary>
    public required string Created { get; init; }
}
