using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.Access;

[GenerateSerializer, Immutable, Alias("bo.access.keys")]
public sealed record AccessKeyList
{
    [Id(0)] public required ImmutableArray<AccessKeyView> Items { get; init; }
}
