using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Lines;

/// <summary>restic's summary of a check, extended by what was read.</summary>
internal sealed record CheckSummaryLine
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "summary";

    public required long NumErrors { get; init; }

    public IReadOnlyList<string>? BrokenPacks { get; init; }

    public bool SuggestRepairIndex { get; init; }

    public bool SuggestPrune { get; init; }

    public required long PacksChecked { get; init; }

    public required long BytesRead { get; init; }
}
