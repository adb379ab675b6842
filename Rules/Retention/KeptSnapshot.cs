using System.Collections.Immutable;

namespace BackupOnline.Rules.Retention;

/// <summary>A snapshot that stays, with the rules that keep it in restic's words: <c>last snapshot</c>, <c>daily snapshot</c>, <c>oldest monthly snapshot</c>, <c>within 7 days</c>.</summary>
public sealed record KeptSnapshot(SnapshotTime Snapshot, ImmutableArray<string> Reasons);
