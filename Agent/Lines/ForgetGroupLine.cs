using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Lines;

/// <summary>A group of restic's <c>forget --json</c>.</summary>
internal sealed record ForgetGroupLine
{
    /// <summary>Null unless the groups are made by tags.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Empty unless the groups are made by host.</summary>
    public required string Host { get; init; }

    /// <summary>Null unless the groups are made by paths.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<string>? Paths { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<SnapshotLine>? Keep { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<SnapshotLine>? Remove { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<KeepReasonLine>? Reasons { get; init; }
}
