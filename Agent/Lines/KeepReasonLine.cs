using BackupOnline.Rules.Retention;

namespace BackupOnline.Agent.Lines;

/// <summary>Why a snapshot stays, in restic's words.</summary>
internal sealed record KeepReasonLine
{
    public required SnapshotLine Snapshot { get; init; }

    public required IReadOnlyList<string> Matches { get; init; }

    public required KeepCountersPart Counters { get; init; }

    public static KeepReasonLine Of(SnapshotLine snapshot, KeptSnapshot kept) =>
        new() { Snapshot = snapshot, Matches = kept.Reasons, Counters = KeepCountersPart.Of(kept.Left) };
}
