namespace BackupOnline.StorageNode.Vaults;

/// <summary>A vault's running account: visible bytes and objects, and bytes promised to uploads on their way.</summary>
internal sealed class VaultUsage
{
    private readonly Lock _lock = new();
    private long _bytes;
    private long _objects;
    private long _reserved;

    public (long Bytes, long Objects) Stored
    {
        get
        {
            lock (_lock)
                return (_bytes, _objects);
        }
    }

    /// <summary>Promises room, or refuses because stored, promised and wanted bytes together would pass the quota.</summary>
    public bool TryReserve(long bytes, long? quotaBytes)
    {
        lock (_lock)
        {
            if (quotaBytes is { } quota && bytes > quota - _bytes - _reserved)
                return false;

            _reserved += bytes;
            return true;
        }
    }

    public void Release(long bytes)
    {
        lock (_lock)
            _reserved -= bytes;
    }

    /// <summary>Counts a change; negative when objects left.</summary>
    public void Count(long bytes, long objects)
    {
        lock (_lock)
        {
            _bytes += bytes;
            _objects += objects;
        }
    }
}
