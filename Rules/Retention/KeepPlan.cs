using System.Collections.Immutable;

namespace BackupOnline.Rules.Retention;

/// <summary>What <see cref="KeepRule"/> keeps and what may go; both newest first.</summary>
public sealed record KeepPlan(ImmutableArray<KeptSnapshot> Keep, ImmutableArray<SnapshotTime> Remove);
