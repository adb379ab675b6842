using Microsoft.Extensions.Options;

namespace BackupOnline.StorageNode.Disks;

/// <summary>Room on the shelf's file system, less a reserve that keeps deleting and bookkeeping possible.</summary>
internal sealed class DiskSpace(IOptions<ShelfOptions> options)
{
    // ENOSPC and EDQUOT; ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL as HRESULTs.
    private static readonly HashSet<int> FullErrors = [28, 122, unchecked((int)0x80070027), unchecked((int)0x80070070)];

    private readonly string _folder = options.Value.VaultsFolder;
    private readonly long _reserve = options.Value.FreeReserveBytes;

    public long CapacityBytes => Drive().TotalSize;

    public long FreeBytes => Math.Max(0, Drive().AvailableFreeSpace - _reserve);

    /// <summary>True when <paramref name="bytes"/> fit. What frees space in the end (locks and the index of a prune) may use three quarters of the reserve.</summary>
    public bool HasRoomFor(long bytes, bool freesSpace) =>
        Drive().AvailableFreeSpace - bytes >= (freesSpace ? _reserve / 4 : _reserve);

    public static bool IsFull(Exception e) => e is IOException && FullErrors.Contains(e.HResult);

    private DriveInfo Drive() => new(OperatingSystem.IsWindows() ? Path.GetPathRoot(_folder)! : _folder);
}
