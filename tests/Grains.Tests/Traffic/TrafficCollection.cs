namespace BackupOnline.Grains.Tests.Traffic;

/// <summary>One after the other.</summary>
[CollectionDefinition(Name)]
public sealed class TrafficCollection : ICollectionFixture<TrafficFixture>
{
    public const string Name = "traffic";
}
