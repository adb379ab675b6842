using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Lines;

/// <summary>restic's status line of a backup: zero counts are left out, percent_done never.</summary>
internal sealed record BackupStatusLine
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "status";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long SecondsElapsed { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long SecondsRemaining { get; init; }

    /// <summary>0 to 1.</summary>
    public required double PercentDone { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long TotalFiles { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long FilesDone { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long TotalBytes { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long BytesDone { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long ErrorCount { get; init; }

    public IReadOnlyList<string>? CurrentFiles { get; init; }

    /// <summary>Ours, not restic's: quiet, burst or raised while the service's plan is followed.</summary>
    public string? Pace { get; init; }

    public DateTimeOffset? PaceUntil { get; init; }
}
