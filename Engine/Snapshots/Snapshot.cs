using System.Text.Json.Serialization;
using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Snapshots;

/// <summary>A snapshot as restic has it. Property order is the order of the JSON.</summary>
public sealed record Snapshot
{
    /// <summary>Name of the object in the store; zero until saved.</summary>
    [JsonIgnore]
    public ObjectId Id { get; init; }

    [JsonPropertyName("time")]
    [JsonConverter(typeof(RfcTimeJsonConverter))]
    public required DateTimeOffset Time { get; init; }

    [JsonPropertyName("parent")]
    public ObjectId? Parent { get; init; }

    /// <summary>The root tree.</summary>
    [JsonPropertyName("tree")]
    public required BlobId Tree { get; init; }

    /// <summary>The absolute paths that were asked for.</summary>
    [JsonPropertyName("paths")]
    public required IReadOnlyList<string> Paths { get; init; }

    [JsonPropertyName("hostname")]
    public string? Hostname { get; init; }

    [JsonPropertyName("username")]
    public string? Username { get; init; }

    [JsonPropertyName("uid")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public uint Uid { get; init; }

    [JsonPropertyName("gid")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public uint Gid { get; init; }

    [JsonPropertyName("excludes")]
    public IReadOnlyList<string>? Excludes { get; init; }

    [JsonPropertyName("tags")]
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>The snapshot that this one was rewritten from.</summary>
    [JsonPropertyName("original")]
    public ObjectId? Original { get; init; }

    [JsonPropertyName("program_version")]
    public string? ProgramVersion { get; init; }

    [JsonPropertyName("summary")]
    public SnapshotSummary? Summary { get; init; }
}
