using System.Text.Json.Serialization;
using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Engine.Locks;

/// <summary>A lock as restic writes it.</summary>
internal sealed record LockFile
{
    [JsonPropertyName("time")]
    [JsonConverter(typeof(RfcTimeJsonConverter))]
    public required DateTimeOffset Time { get; init; }

    [JsonPropertyName("exclusive")]
    public bool Exclusive { get; init; }

    [JsonPropertyName("hostname")]
    public string? Hostname { get; init; }

    [JsonPropertyName("username")]
    public string? Username { get; init; }

    [JsonPropertyName("pid")]
    public int Pid { get; init; }

    [JsonPropertyName("uid")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public uint Uid { get; init; }

    [JsonPropertyName("gid")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public uint Gid { get; init; }
}
