using BackupOnline.Client.Answers;
using BackupOnline.Grains.Interfaces.Traffic;

namespace BackupOnline.Client.Traffic;

internal sealed record SetPolicyBody : CheckedBody
{
    /// <summary>The first month, such as 2026-12; null for the next one.</summary>
    public string? FromMonth { get; init; }

    public required TrafficSettings Settings { get; init; }

    /// <summary>Goes into the provider's log.</summary>
    [PlainText(1, 500)]
    public required string Reason { get; init; }
}
