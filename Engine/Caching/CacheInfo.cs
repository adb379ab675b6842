namespace BackupOnline.Engine.Caching;

/// <summary>The cache of one repository.</summary>
/// <param name="RepositoryId">64 hexadecimal digits.</param>
/// <param name="UsedAt">When it was last used.</param>
/// <param name="Bytes">What its files take.</param>
public sealed record CacheInfo(string RepositoryId, DateTimeOffset UsedAt, long Bytes);
