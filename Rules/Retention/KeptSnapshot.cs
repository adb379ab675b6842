using System.Collections.Immutable;

namespace BackupOnline.Rules.Retention;

/// <summary>
/// A snapshot that stays, with the rules that keep it in restic's words: <c>has tags [a b]</c>, <c>within 1y5m</c>, <c>last snapshot</c>, <c>oldest monthly snapshot</c>,
/// <c>daily within 7d</c>.
/// </summary>
public sealed record KeptSnapshot(SnapshotTime Snapshot, ImmutableArray<string> Reasons)
{
    /// <summary>What is left of the counted rules after this snapshot.</summary>
    public KeepCounters Left { get; init; } = new();
}
