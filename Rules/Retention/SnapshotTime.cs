using System.Collections.Immutable;
using NodaTime;

namespace BackupOnline.Rules.Retention;

/// <summary>A snapshot as <see cref="KeepRule"/> sees it.</summary>
public sealed record SnapshotTime(string Id, Instant At)
{
    public ImmutableArray<string> Tags { get; init; } = [];
}
