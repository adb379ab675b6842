using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Lines;

/// <summary>Ours: the verdict of a boot test.</summary>
/// <param name="SnapshotId">The point.</param>
/// <param name="Reason">Stable: AgentAnswered, TextSeen, NothingBootable, GuestGaveUp, StartsOver, TurnedOff, Silent, RepositoryDamaged.</param>
/// <param name="Text">The reason for a person.</param>
/// <param name="BytesFetched">Of the disks.</param>
/// <param name="Picture">File of the screen; null when none was asked for, or there was none.</param>
internal sealed record BootLine(string SnapshotId, bool Good, string Reason, string Text, double Seconds, long BytesFetched, string? Picture)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "boot_test";
}
