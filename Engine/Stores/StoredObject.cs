using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Stores;

/// <summary>A line of a listing. <paramref name="Length"/> is the length of the stored bytes.</summary>
public readonly record struct StoredObject(ObjectName Name, long Length);
