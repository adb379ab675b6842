namespace BackupOnline.StorageNode.Objects;

/// <summary>The words of the protocol and of the disk for each type.</summary>
internal static class ObjectTypes
{
    /// <summary>Types that have a folder; <see cref="ObjectType.Config"/> is a single file.</summary>
    public static readonly IReadOnlyList<ObjectType> WithFolder = [ObjectType.Data, ObjectType.Index, ObjectType.Keys, ObjectType.Locks, ObjectType.Snapshots];

    /// <summary>Folder name and URL segment.</summary>
    public static string Word(this ObjectType type) => type switch
    {
        ObjectType.Config => "config",
        ObjectType.Data => "data",
        ObjectType.Index => "index",
        ObjectType.Keys => "keys",
        ObjectType.Locks => "locks",
        ObjectType.Snapshots => "snapshots",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    public static ObjectType? Parse(ReadOnlySpan<char> word) => word switch
    {
        "data" => ObjectType.Data,
        "index" => ObjectType.Index,
        "keys" => ObjectType.Keys,
        "locks" => ObjectType.Locks,
        "snapshots" => ObjectType.Snapshots,
        _ => null,
    };

    public static long MostBytes(this ObjectType type, ShelfOptions options) => type switch
    {
        ObjectType.Data => options.MaxDataBytes,
        ObjectType.Index => options.MaxIndexBytes,
        ObjectType.Snapshots => options.MaxSnapshotBytes,
        _ => options.MaxSmallBytes,
    };
}
