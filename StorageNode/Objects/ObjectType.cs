namespace BackupOnline.StorageNode.Objects;

/// <summary>The closed set of object types of a restic repository.</summary>
internal enum ObjectType
{
    Config,
    Data,
    Index,
    Keys,
    Locks,
    Snapshots,
}
