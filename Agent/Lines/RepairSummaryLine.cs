using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Lines;

/// <summary>Ours: what a repair did; what does not belong to the kind of repair is absent.</summary>
internal sealed record RepairSummaryLine
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "summary";

    public long? IndexFilesRemoved { get; init; }

    public long? PacksForgotten { get; init; }

    public long? PacksRead { get; init; }

    public long? PacksUnreadable { get; init; }

    public long? BlobsSalvaged { get; init; }

    public long? BlobsLost { get; init; }

    public long? SnapshotsRepaired { get; init; }

    public long? SnapshotsUnreadable { get; init; }
}
