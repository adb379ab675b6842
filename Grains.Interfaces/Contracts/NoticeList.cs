using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.Contracts;

/// <summary>In order of their days.</summary>
[GenerateSerializer, Immutable, Alias("bo.contract.notices")]
public sealed record NoticeList
{
    [Id(0)] public required ImmutableArray<NoticeView> Items { get; init; }
}
