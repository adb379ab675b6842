using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Lines;

/// <summary>restic's status and summary lines of a restore: the same fields, the summary without percent_done.</summary>
internal sealed record RestoreStatusLine
{
    /// <summary>status or summary.</summary>
    [JsonPropertyOrder(-1)]
    public required string MessageType { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long SecondsElapsed { get; init; }

    public double? PercentDone { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long TotalFiles { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long FilesRestored { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long FilesSkipped { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long TotalBytes { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long BytesRestored { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long BytesSkipped { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long FilesDeleted { get; init; }
}
