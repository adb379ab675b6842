using System.Collections.Immutable;

namespace BackupOnline.Rules.Retention;

/// <summary>A point that stays, with every reason that holds, in the order of <see cref="KeepReason"/>; at least one.</summary>
public sealed record KeptPoint(RecoveryPoint Point, ImmutableArray<KeepReason> Reasons);
