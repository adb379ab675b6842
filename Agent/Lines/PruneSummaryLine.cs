using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Lines;

/// <summary>Ours, restic's prune has no JSON: what was planned and done. Bytes are those in the store.</summary>
internal sealed record PruneSummaryLine
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "summary";

    public required bool DryRun { get; init; }

    public required int Snapshots { get; init; }

    public required long PacksKept { get; init; }

    public required long PacksRepacked { get; init; }

    public required long PacksRemoved { get; init; }

    /// <summary>Marked: a later prune removes them.</summary>
    public required long PacksWaiting { get; init; }

    public required long PacksNew { get; init; }

    public required long BytesRemoved { get; init; }

    public required long BytesWaiting { get; init; }

    public required long BytesNew { get; init; }

    public required long BytesUsed { get; init; }

    /// <summary>Not needed, in packs that stay.</summary>
    public required long BytesUnused { get; init; }

    /// <summary>Files that killed writers had left, now removed.</summary>
    public required int RemnantFiles { get; init; }

    public required long RemnantBytes { get; init; }
}
