namespace BackupOnline.Agent.Points;

/// <summary>Bytes of one disk in one run.</summary>
/// <param name="Changed">Length of the extents that the driver named.</param>
/// <param name="Read">Bytes read from the driver.</param>
internal readonly record struct DiskTraffic(long Changed, long Read);
